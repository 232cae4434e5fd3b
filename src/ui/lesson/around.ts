/**
 * A lesson's text cut where its section “Predict” («Предскажите») ends: the card that asks stands between the two parts.
 * Text without such a section is followed by the card.
 */
export function aroundPrediction(html: string): readonly [before: string, after: string] {
  const section = /<h2 id="(?:предскажите|predict)"/.exec(html);
  const next = section ? html.indexOf('<h2', section.index + 1) : -1;
  return next < 0 ? [html, ''] : [html.slice(0, next), html.slice(next)];
}
