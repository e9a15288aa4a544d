// The page's own words, in the language of who one is: as written in the page and here, or in Simplified Chinese.

const CHINESE = {
  "1 vote": "1 票",
  "{name}'s group": "{name}的群组",
  "{name} votes": "{name} 票",
  "{name} votes, several answers allowed": "{name} 票，可多选",
  "A local Telegram for trying things out. Nothing here leaves this machine.": "这是一个本地的 Telegram，供试用。内容都不会离开这台机器。",
  "Add a person": "添加一个人",
  "Anonymous Poll": "匿名投票",
  "Anonymous Quiz": "匿名测验",
  "Attach a file": "添加文件",
  "Back to the chat": "返回聊天",
  "Buttons": "按钮",
  "Cancel": "取消",
  "Chat": "聊天",
  "Chats": "聊天列表",
  "Close the first steps": "关闭入门提示",
  "Close the photo": "关闭图片",
  "Command menu": "命令菜单",
  "Commands": "命令",
  "Copied": "已复制",
  "Copy": "复制",
  "Download": "下载",
  "Draft: ": "草稿：",
  "Edit this person": "修改这个人",
  "File to send": "要发送的文件",
  "Final results": "最终结果",
  "First steps": "入门提示",
  "Hidden text": "隐藏的文字",
  "Inline results": "内联结果",
  "Language of their app": "应用语言",
  "Make a group with the bot": "和机器人建一个群组",
  "Menu": "菜单",
  "Message": "消息",
  "Messages": "消息记录",
  "More": "更多",
  "Name": "名字",
  "Nameless": "无名",
  "New message": "新消息",
  "Newest messages": "最新消息",
  "Not now": "暂时不用",
  "Not told to the bot": "不告诉机器人",
  "OK": "好",
  "Offer": "提议",
  "Open the photo": "打开图片",
  "People": "人物",
  "Photo": "图片",
  "Poll": "投票",
  "Quiz": "测验",
  "React": "回应",
  "React with {name}": "用{name}回应",
  "Reactions with {name}": "{name}回应",
  "Ready answers": "快捷回答",
  "Restart bot": "重新启用机器人",
  "Result": "结果",
  "Retract vote": "撤回投票",
  "Save": "保存",
  "Says nothing yet": "还没有说话",
  "Send": "发送",
  "Start": "开始",
  "Stop and block bot": "停用并屏蔽机器人",
  "The local Telegram does not answer. Is it still running?": "本地的 Telegram 没有回应。它还在运行吗？",
  "This kind of button does nothing here.": "这种按钮在这里不起作用。",
  "Today": "今天",
  "What can this bot do?": "这个机器人能做什么？",
  "You are": "你的身份",
  "You are {name}. Switch person": "你是{name}。换一个人",
  "a grin": "笑脸",
  "a heart": "爱心",
  "a thinking face": "思考",
  "bot": "机器人",
  "connecting…": "正在连接…",
  "edited": "已编辑",
  "fire": "火",
  "group": "群组",
  "sending a file…": "正在发送文件…",
  "sending a photo…": "正在发送图片…",
  "thumbs down": "踩",
  "thumbs up": "赞",
  "typing…": "正在输入…",
};
const ATTRIBUTES = ["aria-label", "placeholder", "title"];

let isChinese = false;
const written = [...texts(), ...attributes()];

// What the page says, in the language that it speaks now; {name} is filled in.
export const say = (english, name = "") => ((isChinese && CHINESE[english]) || english).replace("{name}", () => name);

// How dates and times are written, and which language the page is in.
export const tag = () => (isChinese ? "zh-Hans" : "en-GB");

export function speak(language) {
  isChinese = language.startsWith("zh");
  document.documentElement.lang = isChinese ? "zh-Hans" : "en";
  for (const [write, english] of written) write(say(english));
}

// Every word that stands in the page itself, with the way to write another in its place.
function texts() {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) found.push(walker.currentNode);
  return found.filter((node) => node.data.trim() in CHINESE).map((node) => [(text) => { node.data = text; }, node.data.trim()]);
}

function attributes() {
  return ATTRIBUTES.flatMap((name) => [...document.querySelectorAll(`[${name}]`)].map((element) => [(text) => element.setAttribute(name, text), element.getAttribute(name)]));
}
