import type { Words } from "./en";

const words: Words = {
  bell: {
    label:
      "{count, plural, =0 {Сповіщення} one {Сповіщення: # непрочитане} few {Сповіщення: # непрочитані} many {Сповіщення: # непрочитаних} other {Сповіщення: # непрочитаного}}",
    title: "Сповіщення",
    all: "Усі сповіщення",
    readAll: "Позначити все прочитаним",
    settings: "Про що писати мені поштою",
    loading: "Шукаємо новини",
    failed: "Не вдалося завантажити список. Відкрийте натомість сторінку з усіма сповіщеннями.",
  },
  page: {
    title: "Сповіщення",
    lead: "Що сталося з тим, за чим ви стежите. Спочатку найновіше.",
    unread: "Непрочитане",
    read: "Прочитано",
    readThis: "Позначити прочитаним: {title}",
    empty: "Нічого нового",
    emptyText:
      "Щойно хтось відповість вам чи згадає вас або ідея, за якою ви стежите, просунеться далі, це з’явиться тут.",
    allRead: "Усі сповіщення прочитано.",
    fromNewest: "Назад до найновіших",
  },
  says: {
    commented: "<who></who>: новий коментар до ідеї <about></about>",
    mentioned: "<who></who>: вас згадано в ідеї <about></about>",
    moved: "<who></who>: статус ідеї <about></about> змінено з «{from}» на «{to}»",
    supported: "<who></who>: підтримка ідеї <about></about>",
    merged: "<who></who>: ідею <about></about> об’єднано з ідеєю <other></other>",
    unmerged: "<who></who>: ідею <about></about> знову відокремлено від ідеї <other></other>",
    joined: "<who></who>: ваше запрошення прийнято",
    suggested: "<who></who>: нова ідея <about></about>",
    asked: "<who></who>: чи погоджуєтеся ви з <about></about>?",
    notYet: "<who></who>: поки що немає згоди щодо <about></about>",
    agreed: "Усі, кого запитали, погодилися: <about></about>",
    priced: "<who></who>: скільки ви заплатили б? <about></about>",
    somebody: "Хтось",
    anotherIdea: "інша ідея",
  },
  settings: { title: "Про що писати мені поштою" },
};

export default words;
