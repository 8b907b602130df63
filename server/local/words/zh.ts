import type { LocalWords } from "./en";

const zh: LocalWords = {
  signup: {
    subject: "请确认您的邮箱地址",
    why: "有人用此邮箱地址创建了 Tandem 登录账号。请确认这是您的地址：",
    button: "确认地址",
  },
  invite: {
    subject: "邀请您加入 Tandem",
    why: "您受邀在 Tandem 中共同工作。请接受邀请并设置密码：",
    button: "接受邀请",
  },
  magiclink: {
    subject: "登录 Tandem",
    why: "您请求免密码登录 Tandem：",
    button: "登录",
  },
  recovery: {
    subject: "设置新密码",
    why: "您请求为 Tandem 设置新密码：",
    button: "设置新密码",
  },
  email_change_new: {
    subject: "请确认您的新邮箱地址",
    why: "您在 Tandem 的邮箱地址将改为 {email}。请在此确认，并同时在发往旧地址的邮件中确认：",
    button: "确认新地址",
  },
  email_change_current: {
    subject: "请确认更改邮箱地址",
    why: "您在 Tandem 的邮箱地址将改为 {email}。请在此确认，并同时在发往新地址的邮件中确认：",
    button: "确认更改",
  },
  reauthentication: {
    subject: "您的验证码",
    why: "您即将在 Tandem 中更改重要内容。请在页面上输入此验证码：",
    button: "",
  },
  existing: {
    subject: "您已有登录账号",
    why: "有人试图用您的邮箱地址创建 Tandem 登录账号。您已经有一个，请直接登录。",
    button: "登录",
  },
  password_changed: {
    subject: "您的密码已更改",
    why: "您的 Tandem 密码已更改。如果不是您本人操作，请立即设置新密码：",
    button: "设置新密码",
  },
  email_changed: {
    subject: "您的邮箱地址已更改",
    why: "您在 Tandem 的邮箱地址现为 {email}。如果不是您本人操作，请立即告知制造商。",
    button: "",
  },
  page: {
    title: "还差一步",
    why: "仅打开链接不会执行任何操作，以确保只有您能使用它。请在此继续：",
    button: "继续",
    over: "此链接已被使用或已过期，请重新获取。",
    local: "此页面属于本机上 Supabase 的本地替代服务。",
  },
  outbox: {
    title: "本机发件箱",
    local: "这是本安装实例的本地邮箱：未设置 SMTP_URL 时，任何邮件都不会离开本机。此处显示最新的一百封。",
    empty: "还没有邮件。",
    to: "收件人",
    queued: "在此等待",
    sending: "正在发送",
    sent: "已发送",
    uncertain: "发送时中断：可能已送达，也可能没有",
    failed: "发送失败",
    all: "显示全部",
    only: "发给 {to} 的邮件",
  },
  code: "或者输入此验证码：",
  validHour: "一小时内有效，仅可使用一次。",
  validWeek: "七天内有效，仅可使用一次。",
  ignore: "如果这不是您的请求，请忽略此邮件，不会有任何影响。",
};

export default zh;
