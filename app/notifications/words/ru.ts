import type { Words } from "./en";

const words: Words = {
  bell: {
    label:
      "{count, plural, =0 {Уведомления} one {Уведомления: # непрочитанное} few {Уведомления: # непрочитанных} many {Уведомления: # непрочитанных} other {Уведомления: # непрочитанного}}",
    title: "Уведомления",
    all: "Все уведомления",
    readAll: "Отметить всё прочитанным",
    settings: "О чём писать мне на почту",
    loading: "Ищем новости",
    failed: "Не удалось загрузить список. Откройте вместо него страницу со всеми уведомлениями.",
  },
  page: {
    title: "Уведомления",
    lead: "Что произошло с тем, за чем вы следите. Сначала самое новое.",
    unread: "Непрочитанное",
    read: "Прочитано",
    readThis: "Отметить прочитанным: {title}",
    empty: "Ничего нового",
    emptyText:
      "Как только кто-то ответит вам или упомянет вас либо идея, за которой вы следите, продвинется, это появится здесь.",
    allRead: "Все уведомления прочитаны.",
    fromNewest: "Назад к самым новым",
  },
  says: {
    commented: "<who></who>: новый комментарий к идее <about></about>",
    mentioned: "<who></who>: вас упомянули в идее <about></about>",
    moved: "<who></who>: статус идеи <about></about> изменён с «{from}» на «{to}»",
    supported: "<who></who>: поддержка идеи <about></about>",
    merged: "<who></who>: идея <about></about> объединена с идеей <other></other>",
    unmerged: "<who></who>: идея <about></about> снова отделена от идеи <other></other>",
    joined: "<who></who>: ваше приглашение принято",
    suggested: "<who></who>: новая идея <about></about>",
    asked: "<who></who>: согласны ли вы с <about></about>?",
    notYet: "<who></who>: пока нет согласия по <about></about>",
    agreed: "Все, кого спросили, согласились: <about></about>",
    priced: "<who></who>: сколько вы заплатили бы? <about></about>",
    somebody: "Кто-то",
    anotherIdea: "другая идея",
  },
  settings: { title: "О чём писать мне на почту" },
};

export default words;
