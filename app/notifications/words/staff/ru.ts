import type { Words } from "./en";

const words: Words = {
  trouble: {
    title: "Письма не доходят",
    text: "Почтовый сервер адреса {email} окончательно отклонил письмо. С тех пор новости на этот адрес не отправляются.",
    said: "Его ответ: {said}",
    again: "Попробовать этот адрес снова",
  },
};

export default words;
