/**
 * The whole script of a worker: the realm's bundle, then a compiled program. No text of it is ever evaluated as a string,
 * so the frame needs no `unsafe-eval`.
 */
export function assemble(realm: string, program: string): string {
  const lines = realm.split('\n').length;
  return `${realm}\n__eventarium.begins(${lines + 2});\n${program}//# sourceURL=eventarium.js\n`;
}
