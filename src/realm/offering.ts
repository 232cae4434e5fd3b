import type ts from 'typescript';
import type { TypeScript } from './instrument.ts';

/**
 * Lets a file that exports nothing offer what it declares at its top, as the article writes its services: the classes
 * that it does not itself make instances of or that ask for something to be made with, and the functions. A file with an export of its own, in whatever way, is
 * taken at its word.
 */
export function offering(ts: TypeScript): ts.TransformerFactory<ts.SourceFile> {
  return ({ factory }) =>
    (file) => {
      const offered = offeredNames(ts, file);
      if (offered.length === 0) return file;
      const specifiers = offered.map((name) => factory.createExportSpecifier(false, undefined, name));
      const exported = factory.createExportDeclaration(undefined, false, factory.createNamedExports(specifiers));
      return factory.updateSourceFile(file, [...file.statements, exported]);
    };
}

function offeredNames(ts: TypeScript, file: ts.SourceFile): string[] {
  const made = new Set<string>();
  let exports = false;
  const look = (node: ts.Node): void => {
    if (ts.isNewExpression(node) && ts.isIdentifier(node.expression)) made.add(node.expression.text);
    if (ts.isIdentifier(node) && (node.text === 'exports' || node.text === 'module')) exports = true;
    if (ts.isExportAssignment(node) || ts.isExportDeclaration(node) || node.kind === ts.SyntaxKind.ExportKeyword)
      exports = true;
    ts.forEachChild(node, look);
  };
  look(file);
  if (exports) return [];
  return file.statements.flatMap((statement) => {
    const declares = ts.isClassDeclaration(statement) || ts.isFunctionDeclaration(statement);
    const name = declares && statement.name?.text;
    const ambient =
      ts.canHaveModifiers(statement) &&
      ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.DeclareKeyword);
    const itsOwn = name && made.has(name) && !(ts.isClassDeclaration(statement) && asks(ts, statement));
    return name && !ambient && !itsOwn && (!ts.isFunctionDeclaration(statement) || statement.body) ? [name] : [];
  });
}

/** Such a class is never made an instance of by itself: that it is there can disturb nobody. */
function asks(ts: TypeScript, { members }: ts.ClassDeclaration): boolean {
  const [first] = members.find((member) => ts.isConstructorDeclaration(member))?.parameters ?? [];
  return first !== undefined && first.initializer === undefined && first.dotDotDotToken === undefined;
}
