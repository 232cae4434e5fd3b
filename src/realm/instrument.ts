import type ts from 'typescript';

/** The compiler itself: npm's in Node, Monaco's own in its worker. */
export type TypeScript = typeof ts;

/**
 * Guards in the learner's code, put in after the lowering to ES2016 so that only plain JavaScript has to be understood.
 * `l` and `c` are the 1-based line and column in the learner's source.
 *
 * - `__g(l, c)` begins every turn of a loop; it throws when the loop's budget is spent.
 * - `__e(l, c)` enters a function and throws when the calls are too deep; `__x()` leaves it, whatever happened.
 *   They count the synchronous depth: an `async` function is left when it first waits. The inside of a generator is not
 *   counted, because it may be abandoned at a `yield`.
 * - `__w(value, l, c)` returns its value and remembers the place: it is the last thing evaluated before a call.
 *
 * Nothing that a program can observe changes, but for `Function.prototype.toString`. All nodes keep their positions, so
 * the source map stays exact.
 */
export function instrument(ts: TypeScript): ts.TransformerFactory<ts.SourceFile> {
  return (context) => {
    placeImportedCalls(ts, context);
    return (file) => guard(ts, context, file);
  };
}

/**
 * A call of an imported name is emitted as `(0, module.name)(…)`, and engines see it happen at the second bracket: that
 * one must lead to the name's beginning, not to its end.
 */
function placeImportedCalls(ts: TypeScript, context: ts.TransformationContext): void {
  const substitute = context.onSubstituteNode;
  context.onSubstituteNode = (hint, node) => {
    const substituted = substitute(hint, node);
    if (substituted !== node && ts.isCallExpression(substituted))
      ts.setEmitFlags(substituted.expression, ts.EmitFlags.NoTrailingSourceMap);
    return substituted;
  };
}

function guard(ts: TypeScript, context: ts.TransformationContext, file: ts.SourceFile): ts.SourceFile {
  const { factory } = context;
  const call = (guard: string, ...args: ts.Expression[]) =>
    factory.createCallExpression(factory.createIdentifier(guard), undefined, args);

  const place = (node: ts.Node) => {
    const start = ts.getOriginalNode(node).getStart(file);
    const { line, character } = ts.getLineAndCharacterOfPosition(file, start);
    return [factory.createNumericLiteral(line + 1), factory.createNumericLiteral(character + 1)];
  };
  const written = (node: ts.Node) => ts.getOriginalNode(node).pos >= 0;

  const visit = (node: ts.Node): ts.Node => {
    if (ts.isIterationStatement(node, false)) return inside(node, node.statement, turn);
    if (isCounted(ts, node) && written(node) && !clashes(ts, node)) return inside(node, node.body, counted);
    const visited = ts.visitEachChild(node, visit, context);
    return isCall(ts, visited) && written(visited) ? located(visited) : visited;
  };

  /** Visits a node's children, with one of them changed on the way. */
  const inside = <N extends ts.Node>(node: N, part: ts.Node, change: (part: ts.Node, of: N) => ts.Node) =>
    ts.visitEachChild(node, (child) => (child === part ? change(visit(child), node) : visit(child)), context);

  const turn = (body: ts.Node, loop: ts.Node) => {
    const turns = factory.createExpressionStatement(call('__g', ...place(loop)));
    return ts.isBlock(body)
      ? factory.updateBlock(body, [turns, ...body.statements])
      : factory.createBlock([turns, body as ts.Statement], true);
  };

  const counted = (body: ts.Node, of: ts.Node) => {
    const statements = ts.isBlock(body)
      ? body.statements
      : [ts.setTextRange(factory.createReturnStatement(body as ts.Expression), body)];
    const start = statements.findIndex((statement) => !isDirective(ts, statement));
    const [directives, rest] = start < 0 ? [statements, []] : [statements.slice(0, start), statements.slice(start)];
    const guarded = [
      ...directives,
      factory.createTryStatement(
        factory.createBlock([factory.createExpressionStatement(call('__e', ...place(of))), ...rest], true),
        undefined,
        factory.createBlock([factory.createExpressionStatement(call('__x'))]),
      ),
    ];
    return ts.isBlock(body) ? factory.updateBlock(body, guarded) : factory.createBlock(guarded, true);
  };

  const located = (node: ts.CallExpression | ts.NewExpression) => {
    const args = [...(node.arguments ?? [])];
    const last = args.at(-1);
    if (last && !ts.isSpreadElement(last)) args[args.length - 1] = call('__w', last, ...place(node));
    else {
      const none = factory.createArrayLiteralExpression();
      args.push(factory.createSpreadElement(call('__w', none, ...place(node))));
    }
    return ts.isCallExpression(node)
      ? factory.updateCallExpression(node, node.expression, undefined, args)
      : factory.updateNewExpression(node, node.expression, undefined, args);
  };

  return ts.visitEachChild(file, visit, context);
}

type Counted = ts.FunctionLikeDeclaration & { readonly body: ts.ConciseBody };

function isCounted(ts: TypeScript, node: ts.Node): node is Counted {
  return ts.isFunctionLike(node) && 'body' in node && !!node.body && !('asteriskToken' in node && node.asteriskToken);
}

function isCall(ts: TypeScript, node: ts.Node): node is ts.CallExpression | ts.NewExpression {
  if (!ts.isCallExpression(node)) return ts.isNewExpression(node);
  const source = ts.getOriginalNode(node);
  const { expression: callee } = node;
  return (
    ts.isCallExpression(source) &&
    source.expression.kind !== ts.SyntaxKind.ImportKeyword &&
    callee.kind !== ts.SyntaxKind.SuperKeyword &&
    !(ts.isIdentifier(callee) && callee.text === 'require')
  );
}

function isDirective(ts: TypeScript, statement: ts.Statement): boolean {
  return ts.isExpressionStatement(statement) && ts.isStringLiteral(statement.expression);
}

/**
 * Does the body declare a name that a block would treat otherwise than a function body does? A block refuses two
 * functions of one name, and a `var` beside a function; it allows a `let` with the name of a parameter, which engines
 * must refuse. Such a function stays as it is.
 */
function clashes(ts: TypeScript, { parameters, body }: Counted): boolean {
  if (!ts.isBlock(body)) return false;
  const names = (name: ts.BindingName | undefined): string[] =>
    !name ? [] : ts.isIdentifier(name) ? [name.text] : name.elements.flatMap((e) => ('name' in e ? names(e.name) : []));

  const functions = body.statements.filter(ts.isFunctionDeclaration).flatMap(({ name }) => names(name));
  const lexical = body.statements.flatMap((statement) =>
    ts.isClassDeclaration(statement)
      ? names(statement.name)
      : ts.isVariableStatement(statement) && statement.declarationList.flags & ts.NodeFlags.BlockScoped
        ? statement.declarationList.declarations.flatMap(({ name }) => names(name))
        : [],
  );
  const vars = new Set<string>();
  const collect = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) || ts.isClassLike(node)) return;
    if (ts.isVariableDeclarationList(node) && !(node.flags & ts.NodeFlags.BlockScoped))
      for (const { name } of node.declarations) for (const text of names(name)) vars.add(text);
    ts.forEachChild(node, collect);
  };
  if (functions.length) ts.forEachChild(body, collect);

  const given = new Set(parameters.flatMap(({ name }) => names(name)));
  return (
    new Set(functions).size < functions.length ||
    functions.some((name) => vars.has(name)) ||
    lexical.some((name) => given.has(name))
  );
}
