import type ts from 'typescript';
import type { Message } from '../kernel/verdict.ts';
import type { TypeScript } from './instrument.ts';
import type { Role } from './modules.ts';

/**
 * What a file may ask for. `written` looks at the source, `lowered` at the code that is left of it, where imports are
 * `require` calls and those of mere types are gone; it puts what `resolve` found in the place of each specifier.
 */
export function rules(
  ts: TypeScript,
  what: Role,
  resolve: (specifier: string) => string | Message,
  complain: (at: ts.LineAndCharacter, message: Message) => void,
): { readonly written: ts.TransformerFactory<ts.SourceFile>; readonly lowered: ts.TransformerFactory<ts.SourceFile> } {
  const start = (file: ts.SourceFile, node: ts.Node) =>
    file.getLineAndCharacterOfPosition(ts.getOriginalNode(node).getStart(file));

  return {
    written: (context) => (file) => {
      const visit = (node: ts.Node): ts.Node => {
        if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
          if (!node.arguments[0] || !ts.isStringLiteralLike(node.arguments[0]))
            complain(start(file, node), importsAnything);
        return ts.visitEachChild(node, visit, context);
      };
      return ts.visitEachChild(file, visit, context);
    },
    lowered: (context) => (file) => {
      const { factory } = context;
      const visit = (node: ts.Node): ts.Node => {
        if (ts.isAwaitExpression(node) && what !== 'node') complain(start(file, node), awaitsAtTop);
        if (!isRequire(ts, node)) return ts.visitEachChild(node, visit, context);
        const [specifier] = node.arguments;
        const found = resolve(specifier.text);
        if (typeof found === 'object') complain(start(file, specifier), found);
        else
          return factory.updateCallExpression(node, node.expression, undefined, [factory.createStringLiteral(found)]);
        return node;
      };
      return ts.visitEachChild(file, visit, context);
    },
  };
}

function isRequire(ts: TypeScript, node: ts.Node): node is ts.CallExpression & { arguments: [ts.StringLiteral] } {
  if (!ts.isCallExpression(node) || !ts.isIdentifier(node.expression) || node.expression.text !== 'require')
    return false;
  return node.arguments.length === 1 && ts.isStringLiteralLike(node.arguments[0]!);
}

const awaitsAtTop: Message = {
  ru: 'await вне функции работает только в файле сервиса: то, что импортируют, должно быть готово сразу.',
  en: 'await outside a function works only in the file of a service: what is imported must be ready at once.',
};

const importsAnything: Message = {
  ru: "import() здесь понимает только имя в кавычках: import('rxjs').",
  en: "import() understands only a quoted name here: import('rxjs').",
};
