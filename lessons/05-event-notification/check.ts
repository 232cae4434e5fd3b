import { beyond, none, rules, unmet, type EntryOf, type History } from 'eda/check';

const limit = 5;

interface Version {
  readonly userId: string;
  readonly version: number;
  readonly name: string;
}

const letters = (history: History) => history.effects('mailer.send');
const subject = (letter: EntryOf<'world.effected'>) => String(letter.data.subject);

/** The notification because of which an entry is there. */
function notice(history: History, entry: { readonly cause?: number }) {
  const id = history.cause(entry, 'bus.delivered')?.id;
  return history.published().find((event) => event.id === id);
}

/** Every state that a user was ever in, as the owner of the users answered it. */
const versions = (history: History) =>
  history.calls('user-service').flatMap(({ answered }) => {
    const user = answered?.value as Version | null | undefined;
    return user ? [user] : [];
  });

/** The users who are still there in the end. */
function staying(history: History) {
  const removed = new Set(history.calls('user-service', 'remove').map(({ args }) => args[0]));
  return history.published().filter(({ data }) => !removed.has((data as Version).userId));
}

export default rules([
  {
    id: 'whole-letter',
    anomaly: 'broken-invariant',
    kind: 'always',
    on: 'world',
    title: { ru: 'В письмах нет «undefined»', en: 'No letter says “undefined”' },
    test: (history) =>
      none(
        letters(history).filter(({ data }) => !data.to || /undefined|null/.test(JSON.stringify(data))),
        (letter) => ({
          ru: `Ушло письмо «${subject(letter)}». В уведомлении нет имени и адреса — спросите их у user-service.`,
          en: `A letter “${subject(letter)}” has left. The notification holds no name and no address: ask user-service.`,
        }),
      ),
  },
  {
    id: 'fresh-name',
    anomaly: 'stale',
    kind: 'always',
    on: 'world',
    title: { ru: 'Имя в письме не старше события', en: 'The name in a letter is not older than the event' },
    test: (history) => {
      const known = versions(history);
      const says = (letter: EntryOf<'world.effected'>) => (user: Version) => subject(letter).includes(user.name);
      return none(
        letters(history).filter((letter) => {
          const event = notice(history, letter);
          if (!event) return false;
          const { userId, version } = event.data as Version;
          const same = known.filter((user) => user.userId === userId);
          const older = same.filter((user) => user.version < version);
          const rest = same.filter((user) => user.version >= version);
          return older.some(says(letter)) && !rest.some(says(letter));
        }),
        (letter) => ({
          ru: `Письмо «${subject(letter)}» ушло после переименования со старым именем.`,
          en: `The letter “${subject(letter)}” left after the user was renamed, with the old name.`,
        }),
      );
    },
  },
  {
    id: 'few-questions',
    anomaly: 'unbounded',
    kind: 'always',
    on: 'journal',
    title: { ru: `На одно событие — не больше ${limit} запросов`, en: `At most ${limit} questions for one event` },
    test: (history) =>
      none(
        beyond(history.calls('user-service', 'getUser'), (call) => notice(history, call)?.id, limit),
        ({ args }) => ({
          ru: `О пользователе ${String(args[0])} спросили больше ${limit} раз из-за одного события.`,
          en: `For one event user ${String(args[0])} was asked about more than ${limit} times.`,
        }),
      ),
  },
  {
    id: 'greeted',
    anomaly: 'lost',
    kind: 'eventually',
    on: 'world',
    title: { ru: 'Каждый, кто остался, получил свои письма', en: 'Everybody who stayed got their letters' },
    test: (history) =>
      none(
        unmet(
          staying(history),
          ({ id }) => id,
          letters(history),
          (letter) => notice(history, letter)?.id,
        ),
        ({ event, data }) => ({
          ru: `После ${event} пользователь ${(data as Version).userId} так и не получил письма.`,
          en: `After ${event} user ${(data as Version).userId} never got a letter.`,
        }),
      ),
  },
]);
