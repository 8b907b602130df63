import type { Words } from "./en";

const words: Words = {
  trouble: {
    title: "Листи не доходять",
    text: "Поштовий сервер адреси {email} остаточно відхилив лист. Відтоді новини на цю адресу не надсилаються.",
    said: "Його відповідь: {said}",
    lostTitle: "Останній лист не дійшов",
    failed:
      "Лист на {email} від <date></date> не доставлено: поштовий сервер його відхилив або всі спроби впродовж 72 годин були невдалі. Його більше не надсилають; наступний лист піде як завжди.",
    uncertain:
      "Невідомо, чи дійшов лист на {email} від <date></date>: зв’язок обірвався, поки поштовий сервер його приймав. Удруге його не надсилають.",
    again: "Спробувати цю адресу знову",
  },
  mail: {
    many: "{count, plural, one {# новина в Tandem} few {# новини в Tandem} many {# новин у Tandem} other {# новини в Tandem}}",
    manyAbout:
      "{count, plural, one {# новина про «{title}»} few {# новини про «{title}»} many {# новин про «{title}»} other {# новини про «{title}»}}",
    daily:
      "{count, plural, one {Ваш день у Tandem: # новина} few {Ваш день у Tandem: # новини} many {Ваш день у Tandem: # новин} other {Ваш день у Tandem: # новини}}",
    hello: "Вітаємо, {name}!",
    open: "Відкрити в Tandem",
    more: "{count, plural, one {Та ще # новина в Tandem} few {Та ще # новини в Tandem} many {Та ще # новин у Tandem} other {Та ще # новини в Tandem}}",
    why: "Ви отримали цей лист, бо працюєте в Tandem як {email}.",
    settings: "Обрати, про що писати вам поштою",
    stopKind: "Більше не надсилати таких листів",
    stopAll: "Не надсилати жодних листів",
  },
};

export default words;
