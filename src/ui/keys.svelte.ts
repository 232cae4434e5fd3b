/** Whether the sheet of keys is open. */
class KeySheet {
  #open = $state(false);

  get current(): boolean {
    return this.#open;
  }

  toggle(): void {
    this.#open = !this.#open;
  }
}

export const keySheet = new KeySheet();

/** Whether keys belong to what has the focus: the learner types there, or it has arrows and Space of its own. */
export function takesKeys(target: EventTarget | null, code: string): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest('input, textarea, select, [contenteditable], .monaco-editor, dialog')) return true;
  if (code === 'Space') return target.closest('button, a, summary, [role="tab"]') !== null;
  return (
    target.closest('[role="tablist"], [role="separator"], [role="slider"], [role="application"], [role="grid"]') !==
    null
  );
}
