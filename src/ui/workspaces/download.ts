/** Hands the learner a text as a file of this name; what a file may not be called by is left out. */
export function download(name: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = Object.assign(document.createElement('a'), { href: url, download: name.replace(/[\\/:*?"<>|]/g, ' ') });
  link.click();
  URL.revokeObjectURL(url);
}
