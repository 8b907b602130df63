import type { Words } from "./en";

const words: Words = {
  trouble: {
    title: "Письма не доходят",
    text: "Почтовый сервер адреса {email} окончательно отклонил письмо. С тех пор новости на этот адрес не отправляются.",
    said: "Его ответ: {said}",
    lostTitle: "Последнее письмо не дошло",
    failed:
      "Письмо на {email} от <date></date> не доставлено: почтовый сервер его отклонил или все попытки в течение 72 часов не удались. Его больше не отправляют; следующее письмо уйдёт как обычно.",
    uncertain:
      "Неизвестно, дошло ли письмо на {email} от <date></date>: связь оборвалась, пока почтовый сервер его принимал. Второй раз его не отправляют.",
    again: "Попробовать этот адрес снова",
  },
  mail: {
    many: "{count, plural, one {# новость в Tandem} few {# новости в Tandem} many {# новостей в Tandem} other {# новости в Tandem}}",
    manyAbout:
      "{count, plural, one {# новость о «{title}»} few {# новости о «{title}»} many {# новостей о «{title}»} other {# новости о «{title}»}}",
    daily:
      "{count, plural, one {Ваш день в Tandem: # новость} few {Ваш день в Tandem: # новости} many {Ваш день в Tandem: # новостей} other {Ваш день в Tandem: # новости}}",
    hello: "Здравствуйте, {name}!",
    open: "Открыть в Tandem",
    more: "{count, plural, one {И ещё # новость в Tandem} few {И ещё # новости в Tandem} many {И ещё # новостей в Tandem} other {И ещё # новости в Tandem}}",
    why: "Вы получили это письмо, потому что работаете в Tandem как {email}.",
    settings: "Выбрать, о чём писать вам на почту",
    stopKind: "Больше не присылать таких писем",
    stopAll: "Не присылать никаких писем",
  },
};

export default words;
