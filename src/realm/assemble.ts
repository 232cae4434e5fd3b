/** The client libraries that a program asks for: its beginning says so (`compile.ts`). */
export function clientsOf(program: string): readonly string[] {
  const [, list] = /^__eventarium\.clients\((\[[^\]]*\])\);/.exec(program) ?? [];
  return list === undefined ? [] : (JSON.parse(list) as string[]);
}

/**
 * The whole script of a worker: the realm's bundle, the client libraries that the program asks for, then the compiled
 * program. No text of it is ever evaluated as a string, so the frame needs no `unsafe-eval`.
 */
export function assemble(realm: string, program: string, clients: readonly string[] = []): string {
  const before = [realm, ...clients].join('\n');
  const lines = before.split('\n').length;
  return `${before}\n__eventarium.begins(${lines + 2});\n${program}//# sourceURL=eventarium.js\n`;
}
