import { LOCALE_TAGS, type Locale } from "~/kernel/locale";
import { plainLetter } from "./plain-letter";

type Facts = {
  language: Locale;
  inviter: string;
  displayName: string;
  objectName: string;
  link: string;
  expiresAt: Date;
};

const WORDS = {
  en: {
    subject: "{inviter} shares “{object}” with you",
    text: "Hello {name}. {inviter} invites you to “{object}” in Tandem, where makers and their customers design together. You need no login.",
    button: "Open it",
    until:
      "The invitation is yours alone and good until {until}. In each browser the link asks once for a code that we mail to you.",
    ignore: "If you do not know what this is about, you can ignore this letter: nothing will happen.",
    codeSubject: "Your code for Tandem",
    code: "Type this code where you opened the link of your invitation. It works once, within ten minutes.",
    notYou: "If you did not ask for it, somebody has your link: do not pass the code on.",
  },
  uk: {
    subject: "{inviter} ділиться з вами: «{object}»",
    text: "Вітаємо, {name}. {inviter} запрошує вас переглянути «{object}» у Tandem, де виробники й клієнти проєктують разом. Реєструватися не потрібно.",
    button: "Відкрити",
    until:
      "Запрошення призначене лише вам і діє до {until}. У кожному новому браузері посилання один раз запитає код, який ми надішлемо вам листом.",
    ignore: "Якщо ви не знаєте, про що йдеться, просто не зважайте на цей лист: нічого не станеться.",
    codeSubject: "Ваш код для Tandem",
    code: "Введіть цей код там, де ви відкрили посилання із запрошення. Він діє один раз протягом десяти хвилин.",
    notYou: "Якщо ви його не замовляли, ваше посилання має хтось інший: нікому не передавайте код.",
  },
  ru: {
    subject: "{inviter} делится с вами: «{object}»",
    text: "Здравствуйте, {name}. {inviter} приглашает вас посмотреть «{object}» в Tandem, где производители и клиенты проектируют вместе. Регистрироваться не нужно.",
    button: "Открыть",
    until:
      "Приглашение предназначено только вам и действует до {until}. В каждом новом браузере ссылка один раз спросит код, который мы пришлём вам письмом.",
    ignore: "Если вы не знаете, о чём речь, просто не обращайте внимания на это письмо: ничего не произойдёт.",
    codeSubject: "Ваш код для Tandem",
    code: "Введите этот код там, где вы открыли ссылку из приглашения. Он действует один раз в течение десяти минут.",
    notYou: "Если вы его не заказывали, ваша ссылка есть у кого-то другого: никому не передавайте код.",
  },
  zh: {
    subject: "{inviter} 与您分享“{object}”",
    text: "{name}，您好。{inviter} 邀请您在 Tandem 中查看“{object}”，制造商与客户在此共同设计。您无需登录。",
    button: "打开",
    until: "此邀请仅供您本人使用，有效期至 {until}。在每个浏览器中首次打开链接时，会要求输入我们邮件发送的验证码。",
    ignore: "如果您不清楚这封邮件的来由，忽略即可，不会发生任何事。",
    codeSubject: "您的 Tandem 验证码",
    code: "请在打开邀请链接的页面输入此验证码。它只能使用一次，十分钟内有效。",
    notYou: "如果不是您本人请求的，说明有人持有您的链接：请勿将验证码告诉他人。",
  },
} as const satisfies Record<Locale, Record<string, string>>;

/** The letter with a guest's link, in the guest's language. */
export function guestLinkLetter(facts: Facts) {
  const { language } = facts;
  const words = WORDS[language];
  const until = new Intl.DateTimeFormat(LOCALE_TAGS[language], { dateStyle: "long", timeZone: "UTC" }).format(
    facts.expiresAt,
  );
  return plainLetter({
    language,
    subject: words.subject,
    lines: [words.text],
    button: { label: words.button, link: facts.link },
    closing: [words.until, words.ignore],
    values: { inviter: facts.inviter, name: facts.displayName, object: facts.objectName, until },
  });
}

/** The code by which a guest opens the link in a browser. */
export function guestCodeLetter({ language, code }: { language: Locale; code: string }) {
  const words = WORDS[language];
  return plainLetter({
    language,
    subject: words.codeSubject,
    lines: [words.code],
    code,
    closing: [words.notYou],
    values: {},
  });
}
