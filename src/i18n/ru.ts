import type { WorldFact } from '../brokers/facts.ts';
import type { Anomaly } from '../kernel/verdict.ts';
import type { MarkKind } from '../views/tape.ts';
import type { NodeStatus } from '../views/topology.ts';
import type { Summary } from '../views/summary.ts';
import { plural } from './plural.ts';

const n = plural('ru');
const events = (count: number) => n(count, { one: 'событие', few: 'события', many: 'событий', other: 'события' });
const entries = (count: number) => n(count, { one: 'запись', few: 'записи', many: 'записей', other: 'записи' });
const runs = (count: number) => n(count, { one: 'прогон', few: 'прогона', many: 'прогонов', other: 'прогона' });

/** Everything that the page says in Russian. English is typed by it, so that neither has a word the other lacks. */
export const ru = {
  tagline: 'Смотрите, как едут события',
  description:
    'Пишите производителей и потребителей и смотрите, как каждое событие выходит, доходит, теряется, возвращается и проигрывается снова.',
  home: 'Уроки',
  skip: 'К содержанию',
  sandbox: 'Песочница',
  lesson: 'Урок',
  theme: { light: 'Светлая тема', dark: 'Тёмная тема' },
  language: 'Язык',
  progress: (done: number, all: number) => `Пройдено ${done} из ${all}`,
  minutes: (count: number) => n(count, { one: 'минута', few: 'минуты', many: 'минут', other: 'минуты' }),
  close: 'Закрыть',
  cancel: 'Отмена',
  undo: 'Вернуть код',
  loading: 'Загружается…',

  front: {
    start: 'Начать с первого урока',
    next: (number: number) => `Продолжить: урок ${number}`,
    free: 'Открыть песочницу',
    demo: 'Один прогон: пять заказов идут через шину. Событие приходит дважды, почта падает и поднимается.',
    demoPlay: 'Показать движение',
    demoPause: 'Остановить движение',
    lessons: 'Уроки',
    passed: 'пройден',
    facts: [
      ['Видно всё', 'Каждое событие от строки кода до последнего обработчика: путь, попытки, причины и следствия.'],
      ['Время ваше', 'Остановите, отступите на одну запись, повторите тот же прогон с тем же зерном.'],
      [
        'Сбои всерьёз',
        'Дубли, перестановка, обрывы и падения. Код проверяется на сотнях расписаний, а не на одном удачном.',
      ],
    ] as readonly (readonly [string, string])[],
  },

  missing: { title: 'Такой страницы нет', text: 'Возможно, урок переименован. Все уроки — на первой странице.' },

  panes: {
    text: 'Текст',
    code: 'Код',
    world: 'Мир',
    tape: 'Лента',
    resize: 'Изменить ширину',
    resizeTape: 'Изменить высоту ленты',
  },

  code: {
    run: 'Запустить',
    compiling: 'Компилируется…',
    noProblems: 'Ошибок нет',
    problems: (count: number) => n(count, { one: 'ошибка', few: 'ошибки', many: 'ошибок', other: 'ошибки' }),
    readonly: 'Только чтение',
    scenario: 'сценарий',
    check: 'проверка',
    add: 'Новый файл',
    addHint: 'Имя файла — имя сервиса: строчные латинские буквы, цифры и дефисы',
    rename: 'Переименовать',
    remove: 'Удалить',
    removed: (name: string) => `Файл ${name} удалён`,
    badName: 'Нужно имя вида order-service.ts, которого ещё нет',
    files: 'Файлы',
    editor: (name: string) => `Код: ${name}`,
    line: (line: number) => `строка\u00a0${line}`,
    saved: 'Сохранено',
    saving: 'Сохраняется…',
    full: 'Не сохранено: нет места',
    fullWhy: 'В хранилище браузера нет места. Код цел, пока открыта вкладка.',
    overwrote: 'В другой вкладке было иначе',
    overwroteWhy: 'Этот код записан поверх того, что сохранила другая вкладка. «Вернуть код» покажет тот.',
    memory: 'Хранится только до закрытия вкладки',
    memoryWhy: 'Браузер не даёт хранить данные на диске: после закрытия вкладки код и события пропадут.',
    predictFirst: 'Сначала ответьте, что произойдёт: карточка слева.',
  },

  predict: {
    title: 'Ваше предсказание',
    right: 'Верно.',
    wrong: 'Вышло иначе.',
    later: 'Запустите код и сравните.',
    yours: 'ваш ответ',
  },

  goals: {
    title: 'Цели',
    check: 'Проверить',
    checking: (done: number, of: number) => `Проверяется: ${done} из ${of}`,
    stop: 'Остановить',
    hint: 'Подсказка',
    hintOf: (number: number, of: number) => `Подсказка ${number} из ${of}`,
    solution: 'Решение',
    solutionTitle: 'Показать решение?',
    solutionText:
      'Ваш код останется: его можно вернуть одной кнопкой. Урок считается пройденным, только когда решение ваше.',
    solutionShow: 'Показать',
    solutionShown: 'В редакторе — готовое решение.',
    reset: 'Сначала',
    resetDone: 'Файлы урока — как в начале.',
    passed: (count: number) => `Пройдено: ${runs(count)}, ни одного нарушения.`,
    next: 'Следующий урок',
    seed: (seed: number) => `Зерно\u00a0${seed}`,
    show: 'Показать на ленте',
    unknown: 'Проверить не удалось.',
    reached: (done: number, all: number) => `достигнуто ${done} из ${all}`,
    met: 'достигнута',
    broken: 'нарушена',
    open: 'ещё не проверена',
  },

  anomalies: {
    lost: 'потеря',
    'duplicate-effect': 'дубль эффекта',
    phantom: 'призрак',
    reordered: 'перестановка',
    'early-ack': 'раннее подтверждение',
    unbounded: 'без предела',
    stuck: 'застряло',
    slow: 'слишком долго',
    stale: 'устаревшие данные',
    drifted: 'разъезд',
    'effect-on-replay': 'эффект при перечитывании',
    'broken-invariant': 'нарушенный инвариант',
    'broken-chain': 'порванная цепочка',
    'mutated-event': 'изменённое событие',
    'off-contract': 'не по договору',
    uncaused: 'без причины',
  } satisfies Record<Anomaly, string>,

  world: {
    topology: 'Топология',
    journal: 'Журнал',
    store: 'Хранилище',
    ledger: 'Мир',
    console: 'Консоль',
    views: 'Что показать',
  },

  nodes: { bus: 'Шина', eventStore: 'Хранилище', world: 'Сценарий' } as Record<string, string>,

  status: {
    idle: 'свободен',
    busy: 'занят',
    stuck: 'обработчик не завершился',
    crashed: 'упал',
    failed: 'остановлен ошибкой',
  } satisfies Record<NodeStatus, string>,

  topology: {
    label: 'Узлы и пути сообщений',
    empty: 'Запустите код — и здесь пойдут события.',
    published: (count: number) => `опубликовано ${count}`,
    handled: (count: number) => `обработано ${count}`,
    failures: (count: number) => n(count, { one: 'ошибка', few: 'ошибки', many: 'ошибок', other: 'ошибки' }),
    effects: (count: number) => n(count, { one: 'эффект', few: 'эффекта', many: 'эффектов', other: 'эффекта' }),
    waiting: (count: number) => `${count} в\u00a0работе`,
    events,
    flying: (count: number) => `${count} в\u00a0пути`,
    quiet: 'пока тихо',
    fit: 'Показать всё',
    closer: 'Ближе',
    farther: 'Дальше',
    crash: 'Уронить',
    restart: 'Поднять',
    hint: 'Стрелки двигают картину, плюс и минус меняют масштаб.',
  },

  journal: {
    filter: 'Отбор по словам',
    count: (shown: number, all: number) => (shown === all ? entries(all) : `${shown} из ${entries(all)}`),
    empty: 'Журнал пуст: прогона ещё не было.',
    nothing: 'Ничего не нашлось.',
    columns: { seq: '№', time: 'Время', node: 'Узел', fact: 'Что', detail: 'Подробности' },
    future: 'ещё не произошло',
  },

  facts: {
    'node.started': 'запущен',
    'node.crashed': 'упал',
    'node.restarted': 'поднят',
    'node.failed': 'ошибка кода',
    'call.sent': 'вызов',
    'call.answered': 'ответ',
    'call.failed': 'вызов не удался',
    'fault.struck': 'сбой',
    'console.logged': 'консоль',
    'world.effected': 'эффект',
    'bus.subscribed': 'подписан',
    'bus.unsubscribed': 'отписан',
    'bus.published': 'опубликовано',
    'bus.routed': 'принято шиной',
    'bus.delivered': 'доставлено',
    'bus.handled': 'обработано',
    'bus.settled': 'закрыто',
    'store.appended': 'сохранено',
    'store.rejected': 'отвергнуто',
    'db.written': 'запись в таблицу',
    'readModel.written': 'запись в модель чтения',
    'readModel.read': 'чтение модели',
  } satisfies Record<WorldFact['type'], string>,

  store: {
    empty: 'Хранилище пусто. Сохранённые события появятся здесь потоками.',
    streams: 'Потоки',
    stream: (name: string) => `Поток ${name}`,
    rejected: 'Отвергнутые записи',
    columns: { revision: 'Версия', position: 'Позиция', type: 'Тип', data: 'Данные' },
    before: 'до прогона',
    kept: 'хранится в браузере',
  },

  ledger: {
    empty: 'Во внешнем мире ещё ничего не произошло.',
    note: 'Эффекты не отменяет ни перемотка, ни перечитывание.',
    again: (nth: number) => `уже ${nth}-й раз`,
    columns: { time: 'Время', node: 'Узел', effect: 'Эффект', key: 'Ключ', data: 'Данные' },
  },

  console: { empty: 'Код ещё ничего не вывел.' },

  inspector: {
    title: 'Запись',
    nothing: 'Выберите событие на схеме, ленте или в журнале.',
    id: 'событие',
    from: 'производитель',
    time: 'время',
    published: 'опубликовано',
    routed: 'принято',
    delivered: 'доставлено',
    deliveredOf: (done: number, of: number) => `${done} из ${of}`,
    attempt: (attempt: number) => `попытка\u00a0${attempt}`,
    handling: 'обрабатывается',
    handled: 'обработано',
    waiting: 'в пути',
    acked: 'подтверждено',
    failed: 'не обработано',
    lost: 'потеряно',
    cause: 'вызвано',
    children: 'вызвало',
    faults: 'сбои',
    data: 'данные',
    node: 'узел',
    ways: 'Путь события',
    noSubscribers: 'подписчиков нет',
  },

  tape: {
    label: 'Лента прогона',
    start: 'В начало',
    back: 'Шаг назад',
    play: 'Играть',
    pause: 'Пауза',
    step: 'Шаг вперёд',
    end: 'До конца',
    speed: 'Скорость',
    seed: 'Зерно',
    seedHint: 'То же зерно — тот же прогон',
    again: 'Повторить прогон',
    clock: 'Время прогона',
    playhead: 'Положение в прогоне',
    pace: { close: 'замедлено: видно сообщения', hurried: 'тишина ускорена' },
    fit: 'Весь прогон',
    closer: 'Крупнее',
    farther: 'Мельче',
    empty: 'Лента начнётся с первым прогоном.',
    zoomHint: 'Колесо меняет масштаб',
    at: (time: string, number: number, all: number) => `${time}, запись ${number} из ${all}`,
    marks: {
      publish: 'опубликовано',
      append: 'сохранено',
      effect: 'эффект',
      call: 'вызов',
      fault: 'сбой',
      crash: 'падение',
      restart: 'подъём',
      failure: 'ошибка',
      refusal: 'отвергнуто',
    } satisfies Record<MarkKind, string>,
  },

  faults: {
    title: 'Сбои',
    next: 'Изменения подействуют со следующего прогона',
    kinds: {
      duplicate: ['дубли', 'Шина доставит событие дважды'],
      reorder: ['перестановка', 'События обгоняют друг друга'],
      delay: ['задержка', 'Доставка занимает от 50 до 200 мс'],
      drop: ['потери', 'Шина теряет часть доставок'],
      'lose-ack': ['потеря ack', 'Подтверждение не доходит, и событие приходит снова'],
      cut: ['обрыв связи', 'Сеть между сервисом и шиной рвётся'],
      slow: ['медленно', 'Обработчик работает медленнее'],
      partition: ['разрыв сети', 'Узлы не видят друг друга'],
      refuse: ['отказ хранилища', 'Хранилище отвергает запись'],
      crash: ['падение', 'Сервис падает до подтверждения и поднимается снова'],
    } as Record<string, readonly [string, string]>,
    crashOf: (node: string) => `падение: ${node}`,
    crashNone: 'падение',
    crashPick: 'Какой сервис упадёт',
  },

  run: {
    empty: 'прогона ещё не было',
    loading: 'Запускается…',
    paused: 'идёт',
    running: 'идёт',
    rest: 'Прогон закончен: больше ничего не произойдёт.',
    until: 'Прогон остановлен: время вышло.',
    stopped: 'Прогон остановлен: код вышел за пределы.',
    load: 'Код не загрузился.',
    hung: 'Остановлено: цикл без конца. Код цел.',
    broken: 'Сломались мы, а не вы.',
    brokenText: 'Это ошибка Eventarium. Код цел, прогон остановлен. Скопируйте отчёт и пришлите его нам.',
    copy: 'Скопировать отчёт',
    copied: 'Скопировано',
    started: 'Прогон начат.',
    summary(s: Summary) {
      const parts = [
        events(s.published),
        n(s.delivered, { one: 'доставка', few: 'доставки', many: 'доставок', other: 'доставки' }),
      ];
      if (s.repeated) parts.push(n(s.repeated, { one: 'повтор', few: 'повтора', many: 'повторов', other: 'повтора' }));
      if (s.effects) parts.push(n(s.effects, { one: 'эффект', few: 'эффекта', many: 'эффектов', other: 'эффекта' }));
      if (s.faults) parts.push(n(s.faults, { one: 'сбой', few: 'сбоя', many: 'сбоев', other: 'сбоя' }));
      if (s.failures) parts.push(n(s.failures, { one: 'ошибка', few: 'ошибки', many: 'ошибок', other: 'ошибки' }));
      return parts.join(', ');
    },
  },

  keys: {
    title: 'Клавиши',
    open: 'Клавиши',
    rows: [
      ['Ctrl+Enter', 'запустить'],
      ['Пробел', 'играть или остановить'],
      ['← →', 'на одну запись'],
      ['Shift+← →', 'на одну запись этого узла'],
      ['Home, End', 'в начало, в конец'],
      ['Esc, затем Tab', 'выйти из редактора'],
      ['?', 'эта справка'],
    ] as readonly (readonly [string, string])[],
  },

  update: {
    ready: 'Готова новая версия.',
    take: 'Обновить',
    later: 'Позже',
    offline: 'Теперь работает и без сети.',
    badge: 'без сети',
    badgeWhy: 'Сети нет. Всё работает: страница хранится в браузере.',
  },
};

export type Words = typeof ru;
