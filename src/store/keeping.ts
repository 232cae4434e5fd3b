/**
 * Why nothing is kept: the browser has no database for us (`unavailable`: switched off, private mode), it never
 * answers (`silent`), a tab of an older version holds it (`blocked`), a newer version of the page has taken it over
 * (`outdated`), it cannot be opened (`broken`), or it could be, but too late: after a reload all is well (`late`).
 */
export type MemoryCause = 'unavailable' | 'silent' | 'blocked' | 'outdated' | 'broken' | 'late';

/** What becomes of the data: kept, only in memory, or kept but for the last write, for which there was no room. */
export type Keeping =
  { readonly state: 'opening' | 'kept' | 'full' } | { readonly state: 'memory'; readonly because: MemoryCause };
