import { LOCALE_TAGS, type Locale } from "~/kernel/locale";

/** What a letter of invitation is made of. `account` null: an invitation to staff. */
type Facts = { language: Locale; inviter: string; account: string | null; link: string; expiresAt: Date };

const WORDS = {
  en: {
    subject: "{inviter} invites you to Tandem",
    account:
      "{inviter} invites you to work in Tandem for {account}: to suggest ideas, write briefs together and follow what becomes of them.",
    staff: "{inviter} invites you to join the team that works with customers in Tandem.",
    how: "Open the link, say what we may call you and choose a password. It takes a minute.",
    button: "Accept the invitation",
    until: "The link works once, until {until}.",
    ignore: "If you do not know what this is about, you can ignore this letter: nothing will happen.",
  },
  uk: {
    subject: "{inviter} запрошує вас у Tandem",
    account:
      "{inviter} запрошує вас працювати в Tandem від імені {account}: пропонувати ідеї, разом писати брифи й бачити, що з ними стається.",
    staff: "{inviter} запрошує вас до команди, яка працює з клієнтами в Tandem.",
    how: "Відкрийте посилання, напишіть, як до вас звертатися, і виберіть пароль. Це забере хвилину.",
    button: "Прийняти запрошення",
    until: "Посилання спрацює один раз, до {until}.",
    ignore: "Якщо ви не знаєте, про що йдеться, просто не зважайте на цей лист: нічого не станеться.",
  },
  ru: {
    subject: "{inviter} приглашает вас в Tandem",
    account:
      "{inviter} приглашает вас работать в Tandem от имени {account}: предлагать идеи, вместе писать брифы и видеть, что с ними происходит.",
    staff: "{inviter} приглашает вас в команду, которая работает с клиентами в Tandem.",
    how: "Откройте ссылку, напишите, как к вам обращаться, и выберите пароль. Это займёт минуту.",
    button: "Принять приглашение",
    until: "Ссылка сработает один раз, до {until}.",
    ignore: "Если вы не знаете, о чём речь, просто не обращайте внимания на это письмо: ничего не произойдёт.",
  },
  zh: {
    subject: "{inviter} 邀请您加入 Tandem",
    account: "{inviter} 邀请您代表 {account} 加入 Tandem：一起提出想法、撰写需求说明，并跟进每个想法的进展。",
    staff: "{inviter} 邀请您加入在 Tandem 中与客户协作的团队。",
    how: "打开链接，填写您的称呼并设置密码，只需一分钟。",
    button: "接受邀请",
    until: "此链接只能使用一次，有效期至 {until}。",
    ignore: "如果您不清楚这封邮件的来由，忽略即可，不会发生任何事。",
  },
} as const satisfies Record<Locale, Record<string, string>>;

/** The letter in its reader's language, as text and as a page that says the same. */
export function invitationLetter(facts: Facts): { subject: string; html: string; bodyText: string } {
  const words = WORDS[facts.language];
  const until = new Intl.DateTimeFormat(LOCALE_TAGS[facts.language], {
    dateStyle: "long",
    timeStyle: "short",
    timeZone: "UTC",
  }).format(facts.expiresAt);
  const values: Record<string, string> = {
    inviter: oneLine(facts.inviter),
    account: oneLine(facts.account ?? ""),
    until: `${until} UTC`,
  };
  const say = (text: string) => text.replace(/\{(\w+)\}/g, (_all, name: string) => values[name] ?? "");
  const lines = [say(facts.account === null ? words.staff : words.account), words.how];
  const closing = [say(words.until), words.ignore];
  const subject = say(words.subject);
  return {
    subject,
    bodyText: [...lines, facts.link, ...closing].join("\n\n"),
    html: [
      `<!doctype html><html lang="${LOCALE_TAGS[facts.language]}"><head><meta charset="utf-8">`,
      `<title>${escaped(subject)}</title></head>`,
      `<body style="font-family: sans-serif; font-size: 16px; line-height: 1.5; color: #1b2422; max-width: 34em">`,
      ...lines.map((line) => `<p>${escaped(line)}</p>`),
      `<p><a href="${escaped(facts.link)}" style="display: inline-block; padding: 0.6em 1.2em; background: #0c5a5b; color: #ffffff; border-radius: 8px; text-decoration: none">${escaped(words.button)}</a></p>`,
      ...closing.map((line) => `<p style="color: #56615d; font-size: 14px">${escaped(line)}</p>`),
      "</body></html>",
    ].join("\n"),
  };
}

// A name is what its person typed: in a subject a line break would begin a header.
const oneLine = (text: string) => text.replace(/\p{C}+/gu, " ").trim();

const SIGNS: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const escaped = (text: string) => text.replace(/[&<>"']/g, (sign) => SIGNS[sign] ?? sign);
