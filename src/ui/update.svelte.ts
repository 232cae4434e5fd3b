import { registerSW } from 'virtual:pwa-register';

/** The stored copy of the site: whether there is one, and whether a newer one waits for the learner's word. */
class Update {
  #offlineReady = $state(false);
  #updateReady = $state(false);
  #asked = false;
  #takenElsewhere = false;

  readonly #activate = registerSW({
    onOfflineReady: () => (this.#offlineReady = true),
    onNeedRefresh: () => (this.#updateReady = true),
    // Another tab took the new version. This one may hold unsaved work: it goes on as it is until it is asked here too.
    onNeedReload: () => {
      if (this.#asked) location.reload();
      else this.#takenElsewhere = true;
    },
  });

  /** True from the moment the whole site has been stored for the first time: it now opens without a network. */
  get offlineReady(): boolean {
    return this.#offlineReady;
  }

  /** A newer version of the site is stored and waits. */
  get updateReady(): boolean {
    return this.#updateReady;
  }

  /** Takes the newer version: the page reloads. Only to be called on the learner's click. */
  update(): void {
    if (this.#takenElsewhere) location.reload();
    this.#asked = true;
    void this.#activate();
  }
}

export const update = new Update();
