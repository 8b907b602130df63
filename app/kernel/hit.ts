/** One thing that was found, as the palette shows it. `detail`: whose it is; `to`: its page. */
export type Hit = { id: string; title: string; detail: string | null; to: string };
/** Things of one kind that were found. `label`: the key of what they are called. */
export type Hits<Label extends string = string> = { label: Label; hits: Hit[] };
