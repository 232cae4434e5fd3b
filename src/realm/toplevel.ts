import type ts from 'typescript';
import type { TypeScript } from './instrument.ts';

/**
 * Lets a module wait: where an `await` is left after the lowering, it stands outside all functions. The module then is a
 * generator that `__module` runs to its end, and its evaluation is a promise of the realm.
 */
export function topLevelAwait(ts: TypeScript): ts.TransformerFactory<ts.SourceFile> {
  return (context) => (file) => {
    const { factory } = context;
    let waits = false;
    const visit = (node: ts.Node): ts.Node => {
      const visited = ts.visitEachChild(node, visit, context);
      if (!ts.isAwaitExpression(visited)) return visited;
      waits = true;
      const pause = factory.createYieldExpression(undefined, visited.expression);
      return ts.setOriginalNode(ts.setTextRange(pause, visited), visited);
    };
    const visited = ts.visitEachChild(file, visit, context);
    if (!waits) return file;
    // The compiler begins every module with "use strict".
    const [strict, ...statements] = visited.statements;

    const body = factory.createFunctionExpression(
      undefined,
      factory.createToken(ts.SyntaxKind.AsteriskToken),
      undefined,
      undefined,
      [],
      undefined,
      factory.createBlock(statements, true),
    );
    const evaluation = factory.createReturnStatement(
      factory.createCallExpression(factory.createIdentifier('__module'), undefined, [
        factory.createCallExpression(body, undefined, []),
      ]),
    );
    return ts.addEmitHelper(factory.updateSourceFile(visited, strict ? [strict, evaluation] : [evaluation]), runner);
  };
}

const runner: ts.EmitHelper = {
  name: 'eventarium:module',
  scoped: false,
  text: `
var __module = function (body) {
    return new Promise(function (resolve, reject) {
        var go = function (resume, value) {
            try {
                var step = body[resume](value);
                if (step.done) resolve(step.value);
                else Promise.resolve(step.value).then(function (v) { go("next", v); }, function (e) { go("throw", e); });
            } catch (error) { reject(error); }
        };
        go("next");
    });
};`,
};
