// The page's own words in English, Russian and Ukrainian; what the bot says is never touched.

const LANGUAGES = ["en", "ru", "uk"];
const KEPT = "etalon.sandbox.language";

// key: [English, Russian, Ukrainian]; {name} stands for a value.
const WORDS = {
  addPerson: ["Add a person", "Добавить человека", "Додати людину"],
  audio: ["Audio", "Аудио", "Аудіо"],
  attach: ["Attach", "Прикрепить", "Прикріпити"],
  backToPeople: ["Back to people", "К списку людей", "До списку людей"],
  blockBot: ["Block the bot", "Заблокировать бота", "Заблокувати бота"],
  botBlocked: [
    "This person has blocked the bot.",
    "Этот человек заблокировал бота.",
    "Ця людина заблокувала бота.",
  ],
  brand: ["Etalon sandbox", "Песочница Etalon", "Пісочниця Etalon"],
  cancel: ["Cancel", "Отмена", "Скасувати"],
  caption: ["Caption", "Подпись", "Підпис"],
  changed: ["edited", "изменено", "змінено"],
  chat: ["Chat", "Чат", "Чат"],
  chatMenu: ["Chat menu", "Меню чата", "Меню чату"],
  close: ["Close", "Закрыть", "Закрити"],
  commands: ["Commands", "Команды", "Команди"],
  copied: ["Copied", "Скопировано", "Скопійовано"],
  copy: ["Copy text", "Копировать текст", "Копіювати текст"],
  copyFailed: [
    "The browser did not allow copying.",
    "Браузер не разрешил копирование.",
    "Браузер не дозволив копіювання.",
  ],
  create: ["Create", "Создать", "Створити"],
  createGroup: ["Create a group", "Создать группу", "Створити групу"],
  customerExample: [
    "Hello, my parcel has not arrived.\nThe order number is 48213.\nYou promised to call.",
    "Здравствуйте, посылка не пришла.\nНомер заказа 48213.\nВчера обещали перезвонить.",
    "Добрий день, посилка не прийшла.\nНомер замовлення 48213.\nУчора обіцяли передзвонити.",
  ],
  customerLines: [
    "Messages, one a line",
    "Сообщения, по одному в строке",
    "Повідомлення, по одному в рядку",
  ],
  customerName: ["Customer’s name", "Имя клиента", "Ім’я клієнта"],
  customerNameExample: ["Olha Bondar", "Ольга Бондарь", "Ольга Бондар"],
  customerNote: [
    "Each line arrives as a message forwarded from this customer.",
    "Каждая строка придёт как сообщение, пересланное от этого клиента.",
    "Кожен рядок надійде як повідомлення, переслане від цього клієнта.",
  ],
  document: ["Document", "Документ", "Документ"],
  download: ["Download {name}", "Скачать {name}", "Завантажити {name}"],
  dropFile: [
    "Drop the file to send it",
    "Отпустите файл, чтобы отправить",
    "Відпустіть файл, щоб надіслати",
  ],
  earlier: ["Show earlier messages", "Показать более ранние", "Показати попередні"],
  edit: ["Edit", "Изменить", "Змінити"],
  editing: ["Editing a message", "Изменение сообщения", "Редагування повідомлення"],
  emptyChat: ["No messages yet", "Сообщений пока нет", "Повідомлень поки немає"],
  findPerson: ["Find a person", "Найти человека", "Знайти людину"],
  forward: ["Forward", "Переслать", "Переслати"],
  forwardCustomer: [
    "Forward a customer’s messages",
    "Переслать сообщения клиента",
    "Переслати повідомлення клієнта",
  ],
  forwardTo: ["Forward to", "Переслать в чат", "Переслати в чат"],
  forwardedFrom: ["Forwarded from {name}", "Переслано от: {name}", "Переслано від: {name}"],
  groupTitle: ["Group’s title", "Название группы", "Назва групи"],
  keyboard: ["Keyboard", "Клавиатура", "Клавіатура"],
  language: ["Language", "Язык", "Мова"],
  languageOf: ["Language in Telegram", "Язык в Telegram", "Мова в Telegram"],
  linkText: [
    "Invitation link or its code",
    "Ссылка-приглашение или её код",
    "Посилання-запрошення або його код",
  ],
  members: ["Members", "Участники", "Учасники"],
  menuFor: ["What to do with this message", "Действия с сообщением", "Дії з повідомленням"],
  messageText: ["Message", "Сообщение", "Повідомлення"],
  messages: ["Messages", "Сообщения", "Повідомлення"],
  microphoneMissing: [
    "The browser gives no microphone here. Send a ready voice sample instead?",
    "Браузер не даёт доступа к микрофону. Отправить готовый образец голоса?",
    "Браузер не дає доступу до мікрофона. Надіслати готовий зразок голосу?",
  ],
  migrate: ["Turn into a supergroup", "Превратить в супергруппу", "Перетворити на супергрупу"],
  movedTo: [
    "The group became a supergroup",
    "Группа стала супергруппой",
    "Група стала супергрупою",
  ],
  name: ["Name", "Имя", "Ім’я"],
  newMessages: ["New messages: {count}", "Новых сообщений: {count}", "Нових повідомлень: {count}"],
  noAnswer: [
    "The bot did not answer this press within 10 seconds.",
    "Бот не ответил на нажатие за 10 секунд.",
    "Бот не відповів на натискання за 10 секунд.",
  ],
  nobodyFound: ["Nobody by that name", "Никого с таким именем", "Нікого з таким ім’ям"],
  noCommands: ["No commands here", "Здесь нет команд", "Тут немає команд"],
  notStarted: ["Has not started the bot", "Ещё не запускал бота", "Ще не запускав бота"],
  openAs: ["Open the link as…", "Открыть ссылку от имени…", "Відкрити посилання від імені…"],
  openLink: [
    "Open an invitation link",
    "Открыть ссылку-приглашение",
    "Відкрити посилання-запрошення",
  ],
  pageLanguage: ["Language of this page", "Язык страницы", "Мова сторінки"],
  pause: ["Pause", "Пауза", "Пауза"],
  people: ["People", "Люди", "Люди"],
  photo: ["Photo", "Фото", "Фото"],
  pinned: ["Pinned a message", "Закреплено сообщение", "Закріплено повідомлення"],
  play: ["Play", "Воспроизвести", "Відтворити"],
  position: ["Position", "Позиция", "Позиція"],
  promise: [
    "nothing leaves this machine",
    "ничто не покидает этот компьютер",
    "ніщо не залишає цей комп’ютер",
  ],
  reconnecting: ["Reconnecting…", "Переподключение…", "Перепідключення…"],
  recordVoice: ["Record a voice message", "Записать голосовое", "Записати голосове"],
  recording: ["Recording", "Запись", "Запис"],
  reply: ["Reply", "Ответить", "Відповісти"],
  send: ["Send", "Отправить", "Надіслати"],
  sendAs: ["Send as", "Отправить как", "Надіслати як"],
  sending: ["sending a file…", "отправляет файл…", "надсилає файл…"],
  service: ["Service message", "Служебное сообщение", "Службове повідомлення"],
  serviceAdded: ["{who} joined", "В группе: {who}", "У групі: {who}"],
  serviceCreated: ["Group created", "Группа создана", "Групу створено"],
  serviceLeft: ["{who} left", "Больше не в группе: {who}", "Більше не в групі: {who}"],
  serviceTitle: ["New title: {title}", "Новое название: {title}", "Нова назва: {title}"],
  showWhole: ["Show all", "Показать всё", "Показати все"],
  someoneNew: ["Someone new…", "Кто-то новый…", "Хтось новий…"],
  speakingAs: ["as {name}", "от имени: {name}", "від імені: {name}"],
  spoiler: ["Hidden text, press to show", "Скрытый текст, нажмите", "Прихований текст, натисніть"],
  start: ["Start", "Запустить", "Розпочати"],
  stop: ["Stop and send", "Остановить и отправить", "Зупинити й надіслати"],
  toNewest: ["To the newest message", "К последнему сообщению", "До останнього повідомлення"],
  today: ["Today", "Сегодня", "Сьогодні"],
  typing: ["typing…", "печатает…", "друкує…"],
  unblock: ["Unblock", "Разблокировать", "Розблокувати"],
  unknownMessage: [
    "This kind of message is not shown here",
    "Сообщения такого вида здесь не видны",
    "Повідомлення такого виду тут не видно",
  ],
  unread: ["unread: {count}", "непрочитано: {count}", "непрочитано: {count}"],
  unreachable: [
    "The sandbox does not answer. Is it still running?",
    "Песочница не отвечает. Она ещё запущена?",
    "Пісочниця не відповідає. Вона ще запущена?",
  ],
  unsupportedButton: [
    "The sandbox does not do what this button asks.",
    "Песочница не умеет того, что просит эта кнопка.",
    "Пісочниця не вміє того, чого просить ця кнопка.",
  ],
  useExample: ["Fill in an example", "Заполнить примером", "Заповнити прикладом"],
  video: ["Video", "Видео", "Відео"],
  voice: ["Voice message", "Голосовое сообщение", "Голосове повідомлення"],
  voiceFile: ["Voice recording from a file", "Запись голоса из файла", "Запис голосу з файлу"],
  voiceSample: ["Send a voice sample", "Отправить образец голоса", "Надіслати зразок голосу"],
  welcomeLinks: [
    "Invitation links open here too: choose who follows them.",
    "Ссылки-приглашения тоже открываются здесь: выберите, кто по ним перейдёт.",
    "Посилання-запрошення теж відкриваються тут: виберіть, хто за ними перейде.",
  ],
  welcomeNews: [
    "What the bot writes to others shows as a number beside their name.",
    "Что бот пишет другим, видно по числу рядом с именем.",
    "Що бот пише іншим, видно за числом поруч з іменем.",
  ],
  welcomeStart: [
    "Pick a person on the left: you then speak to the bot as them.",
    "Слева выберите человека: вы будете говорить с ботом от его имени.",
    "Ліворуч виберіть людину: ви говоритимете з ботом від її імені.",
  ],
  welcomeText: [
    "A contact centre to try things in. You play every part.",
    "Контакт-центр, чтобы всё попробовать. Все роли играете вы.",
    "Контакт-центр, щоб усе спробувати. Усі ролі граєте ви.",
  ],
  welcomeTitle: ["Choose who to be", "Выберите, кем быть", "Виберіть, ким бути"],
  yesterday: ["Yesterday", "Вчера", "Учора"],
};

let language = initial();

function initial() {
  const wanted = [kept(), ...navigator.languages].map((tag) => tag?.slice(0, 2));
  return wanted.find((tag) => LANGUAGES.includes(tag)) ?? "en";
}

function kept() {
  try {
    return localStorage.getItem(KEPT);
  } catch {
    return null; // storage may be switched off; then the browser's language decides
  }
}

/** The words for `key` in the page's language, {names} replaced by `values`. */
export function t(key, values = {}) {
  const words = WORDS[key][LANGUAGES.indexOf(language)];
  return words.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

/** The page's language: "en", "ru" or "uk". */
export const pageLanguage = () => language;

/** The best locale for dates and numbers: the browser's own where it speaks the page's language. */
export const locale = () => navigator.languages.find((tag) => tag.startsWith(language)) ?? language;

export function chooseLanguage(tag) {
  language = LANGUAGES.includes(tag) ? tag : "en";
  try {
    localStorage.setItem(KEPT, language);
  } catch {
    // kept for this visit only
  }
}

/** Put words into everything of the page's skeleton that asks for them by a data attribute. */
export function localise(root = document) {
  document.documentElement.lang = language;
  for (const node of root.querySelectorAll("[data-text]")) node.textContent = t(node.dataset.text);
  for (const node of root.querySelectorAll("[data-label]")) {
    node.setAttribute("aria-label", t(node.dataset.label));
    if (node.tagName === "BUTTON") node.title = t(node.dataset.label);
  }
  for (const node of root.querySelectorAll("[data-placeholder]")) {
    node.placeholder = t(node.dataset.placeholder);
  }
}
