import type { Words } from "./en";

const words: Words = {
  trouble: {
    title: "Листи не доходять",
    text: "Поштовий сервер адреси {email} остаточно відхилив лист. Відтоді новини на цю адресу не надсилаються.",
    said: "Його відповідь: {said}",
    again: "Спробувати цю адресу знову",
  },
};

export default words;
