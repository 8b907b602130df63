import { LOCALE_TAGS, type Locale } from "~/kernel/locale";
import { plainLetter } from "./plain-letter";

/** What a person is told about their own sign-in, so that they notice when it was somebody else. */
export type SecurityNews =
  | "recovery-code-used"
  | "second-factor-set-up"
  | "second-factor-removed"
  | "second-factor-reset";

const WORDS: Record<
  Locale,
  Record<SecurityNews, readonly [subject: string, text: string]> & { not: string; at: string }
> = {
  en: {
    "recovery-code-used": [
      "A recovery code was used to sign in to Tandem",
      "Somebody signed in with your password and one of your recovery codes. You have {left} left.",
    ],
    "second-factor-set-up": [
      "A second factor guards your sign-in to Tandem",
      "From now on we ask for a code of your authenticator app whenever you sign in.",
    ],
    "second-factor-removed": [
      "Your second factor for Tandem was removed",
      "Signing in asks for your password alone from now on. Your recovery codes do not count any more.",
    ],
    "second-factor-reset": [
      "Your second factor for Tandem was reset",
      "{by} reset your second factor because you asked for it. You were signed out everywhere. Sign in with your password and set up a new one.",
    ],
    not: "If that was not you, choose a new password at once and tell an admin.",
    at: "It happened on {at}.",
  },
  uk: {
    "recovery-code-used": [
      "Для входу в Tandem використано код відновлення",
      "Хтось увійшов із вашим паролем і одним із ваших кодів відновлення. Залишилося кодів: {left}.",
    ],
    "second-factor-set-up": [
      "Ваш вхід у Tandem захищено другим фактором",
      "Відтепер під час кожного входу ми питатимемо код із вашого застосунку-автентифікатора.",
    ],
    "second-factor-removed": [
      "Ваш другий фактор для Tandem вимкнено",
      "Відтепер для входу достатньо самого пароля. Ваші коди відновлення більше не діють.",
    ],
    "second-factor-reset": [
      "Ваш другий фактор для Tandem скинуто",
      "Ваш другий фактор скинуто на ваше прохання; це зробив адміністратор: {by}. Усі ваші сеанси завершено. Увійдіть із паролем і налаштуйте новий.",
    ],
    not: "Якщо це були не ви, негайно виберіть новий пароль і повідомте адміністратора.",
    at: "Це сталося {at}.",
  },
  ru: {
    "recovery-code-used": [
      "Для входа в Tandem использован код восстановления",
      "Кто-то вошёл с вашим паролем и одним из ваших кодов восстановления. Осталось кодов: {left}.",
    ],
    "second-factor-set-up": [
      "Ваш вход в Tandem защищён вторым фактором",
      "Теперь при каждом входе мы будем спрашивать код из вашего приложения-аутентификатора.",
    ],
    "second-factor-removed": [
      "Ваш второй фактор для Tandem отключён",
      "Теперь для входа достаточно одного пароля. Ваши коды восстановления больше не действуют.",
    ],
    "second-factor-reset": [
      "Ваш второй фактор для Tandem сброшен",
      "Ваш второй фактор сброшен по вашей просьбе; это сделал администратор: {by}. Все ваши сеансы завершены. Войдите с паролем и настройте новый.",
    ],
    not: "Если это были не вы, немедленно выберите новый пароль и сообщите администратору.",
    at: "Это произошло {at}.",
  },
  zh: {
    "recovery-code-used": ["有人使用恢复码登录了 Tandem", "有人使用您的密码和一个恢复码登录。您还剩 {left} 个恢复码。"],
    "second-factor-set-up": ["您的 Tandem 登录已启用双重验证", "从现在起，每次登录都会要求输入验证器应用中的验证码。"],
    "second-factor-removed": ["您的 Tandem 双重验证已关闭", "从现在起，登录只需密码。您的恢复码已全部失效。"],
    "second-factor-reset": [
      "您的 Tandem 双重验证已重置",
      "{by} 应您的请求重置了双重验证。您已在所有设备上退出登录。请使用密码登录并重新设置。",
    ],
    not: "如果不是您本人操作，请立即更换密码并告知管理员。",
    at: "时间：{at}。",
  },
};

/** The letter in its reader's language. `left`: recovery codes; `by`: the admin's name. */
export function securityLetter(
  news: SecurityNews,
  facts: { language: Locale; at: Date; left?: number; by?: string },
): { subject: string; html: string; bodyText: string } {
  const words = WORDS[facts.language];
  const [subject, text] = words[news];
  const at = new Intl.DateTimeFormat(LOCALE_TAGS[facts.language], {
    dateStyle: "long",
    timeStyle: "short",
    timeZone: "UTC",
  }).format(facts.at);
  const values = { left: String(facts.left ?? ""), by: facts.by ?? "", at: `${at} UTC` };
  return plainLetter({
    language: facts.language,
    subject,
    lines: [text, words.at],
    closing: [words.not],
    values,
  });
}
