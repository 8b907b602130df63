/**
 * Words of any of our languages as tokens for a `simple` tsvector. Postgres has no Ukrainian dictionary and takes a Chinese
 * sentence for one word, so the app finds the words: Intl.Segmenter, lower case, compatibility forms, no marks. Han words are
 * split once more, into characters, which a query asks for side by side: where a segmenter sees words depends on what stands
 * around them, and a search must find 台灯 in every sentence.
 */

const segmenter = new Intl.Segmenter("en", { granularity: "word" });
const HAN = /\p{Script=Han}/u;
const MARKS = /\p{M}+/gu;
const APOSTROPHES = /['’ʼ]/gu;
const PARTS = /\p{Script=Han}+|(?:(?!\p{Script=Han})[\p{L}\p{N}])+/gu;

const MAX_INPUT = 200_000;
const MAX_WORD = 60;
const MAX_QUERY_WORDS = 12;

/**
 * A text in pieces that a segmenter reads one by one: over a whole long text it takes as long as its length squared. They end
 * where no word goes on: behind what is in no word, or between Han characters, which are taken one by one anyway. So many
 * letters without either are no word of any language, and end where their piece is full.
 */
const PIECES = /.{1,800}(?:[^\p{L}\p{N}\p{M}'’ʼ]|\p{Script=Han}|$)|.{1,800}/gsu;

/** The words of a text, in order, each a run of Han characters or of other letters and digits. */
function wordsOf(text: string): string[] {
  const found: string[] = [];
  for (const [piece] of text.slice(0, MAX_INPUT).matchAll(PIECES)) {
    for (const { segment, isWordLike } of segmenter.segment(piece)) {
      if (!isWordLike) continue;
      const plain = segment.toLowerCase().normalize("NFKD").replace(MARKS, "").replace(APOSTROPHES, "");
      for (const part of plain.match(PARTS) ?? []) found.push([...part].slice(0, MAX_WORD).join(""));
    }
  }
  return found;
}

/** The tokens of a text, separated by spaces, for a column that `to_tsvector('simple', …)` indexes. */
export function tokenise(text: string): string {
  return wordsOf(text)
    .flatMap((word) => (HAN.test(word) ? [...word] : [word]))
    .join(" ");
}

// Endings differ ("lamp", "lamps"; "лампа", "лампи"), and nothing here knows grammar: the ask is for the beginning of a word.
function beginningOf(word: string): string {
  const { length } = word;
  // Long words have long endings: "wobbling" is to find "wobbles".
  const ending = /^\d+$/.test(word) || length < 5 ? 0 : length < 7 ? 1 : length < 8 ? 2 : 3;
  return word.slice(0, word.length - ending);
}

/**
 * What a person typed into a search field, as text for `to_tsquery('simple', …)`: every word must occur, each by its beginning;
 * Chinese characters must stand side by side. Null when it holds no word.
 */
export function tokeniseQuery(typed: string): string | null {
  const words = wordsOf(typed.slice(0, 500)).slice(0, MAX_QUERY_WORDS);
  return words.length === 0 ? null : words.map(askFor).join(" & ");
}

const askFor = (word: string) => (HAN.test(word) ? `(${[...word].join(" <-> ")})` : `${beginningOf(word)}:*`);

const RUNS = /\p{Script=Han}+|(?:(?!\p{Script=Han})[\p{L}\p{N}\p{M}'’ʼ])+/gu;

/**
 * A text in runs, each with whether a search for what was typed finds it there: whole words by their beginning, Chinese
 * characters side by side. In: both as they were written. Out: the runs, which together are the text; the same on every
 * machine, which a segmenter's words are not.
 */
export function findRuns(text: string, typed: string): { text: string; found: boolean }[] {
  const plain = (word: string) => word.toLowerCase().normalize("NFKD").replace(MARKS, "").replace(APOSTROPHES, "");
  const asked = (typed.slice(0, 500).match(RUNS) ?? []).slice(0, MAX_QUERY_WORDS);
  const beginnings = asked.filter((word) => !HAN.test(word)).map((word) => beginningOf(plain(word)));
  const spots = new Set<number>();
  const mark = (from: number, length: number) => {
    for (let at = from; at < from + length; at += 1) spots.add(at);
  };
  for (const { 0: word, index } of text.matchAll(RUNS)) {
    if (beginnings.some((start) => start !== "" && plain(word).startsWith(start))) mark(index, word.length);
  }
  for (const word of asked.filter((each) => HAN.test(each))) {
    for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) mark(at, word.length);
  }
  const runs: { text: string; found: boolean }[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const last = runs.at(-1);
    if (last && last.found === spots.has(at)) last.text += text[at];
    else runs.push({ text: text[at] ?? "", found: spots.has(at) });
  }
  return runs;
}

// Words of every other text, whatever it is about; looked for by their beginning they would find all the more.
const COMMON = `
  the and for with that this from have has was are not but you our your its can will would should could please when what which
  there they them into than then also very more some any all who how why too out one been were had just like need
  це цей ця ці для або але щоб коли якщо вона вони воно він нас нам наш наші був була було були має дуже від над під при про без
  що як так тут там бути буде може треба потрібно можна будь ласка також який яка які
  это этот эта эти для или что чтобы когда если она они оно нас нам наш наши был была было были есть очень как так тут там при
  без под над про быть будет может можно нужно надо пожалуйста также который которая которые
  的 了 是 在 和 与 也 我 我们 你 你们 它 这 这个 那 那个 有 没有 会 就 都 很 请 要 想 能 可以 一个 时 时候 因为 所以 但是 如果`;
let common: ReadonlySet<string> | undefined;

function isCommon(word: string): boolean {
  common ??= new Set(wordsOf(COMMON));
  return common.has(word);
}

/**
 * The words of a text that somebody is still writing, each as text for `to_tsquery('simple', …)`, for asking which texts share
 * some of them. Words that say little (of one or two letters, or in every other text) are left out where there are others; no
 * word comes twice.
 */
export function tokeniseEach(typed: string): string[] {
  const words = wordsOf(typed.slice(0, 1_000));
  const telling = words.filter((word) => (HAN.test(word) || word.length > 2) && !isCommon(word));
  const asked = (telling.length > 0 ? telling : words).map(askFor);
  return [...new Set(asked)].slice(0, MAX_QUERY_WORDS);
}
