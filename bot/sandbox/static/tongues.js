// Which language a text is in, told by its letters: a screen reader speaks it, and Han characters get their shapes.

const SCRIPTS = [[/\p{Script=Hiragana}|\p{Script=Katakana}/gu, "ja"], [/\p{Script=Han}/gu, "zh-Hans"], [/\p{Script=Hangul}/gu, "ko"], [/\p{Script=Cyrillic}/gu, "ru"], [/\p{Script=Arabic}/gu, "ar"]];
const LATIN = /\p{Script=Latin}/gu;
const LETTERS_A_CHARACTER = 3; // of Latin ones; titles stay Latin in texts of any language

// `latin` is the language of what is written in Latin letters.
export function tongue(text, latin) {
  const count = (script) => text.match(script)?.length ?? 0;
  const found = SCRIPTS.find(([script]) => count(script) * LETTERS_A_CHARACTER > count(LATIN));
  return found?.[1] ?? latin;
}
