import type { Locale } from "~/kernel/locale";
import en, { type LocalWords } from "./words/en";
import ru from "./words/ru";
import uk from "./words/uk";
import zh from "./words/zh";

/** Every sentence of the stand-ins' pages and letters. */
export const LOCAL_WORDS: Record<Locale, LocalWords> = { en, uk, ru, zh };
