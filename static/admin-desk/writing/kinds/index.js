/* The kinds of node that are not prose, in the order in which the menu offers them. */
import alternative from "./alternative.js";
import caption from "./caption.js";
import chart from "./chart.js";
import embed from "./embed.js";
import gallery from "./gallery.js";
import pullquote from "./pullquote.js";
import { film, sound } from "./recording.js";
import relatedlink from "./relatedlink.js";
import table from "./table.js";

export const kinds = [relatedlink, caption, gallery, film, sound, pullquote, embed, table, chart, alternative];

export const kindOf = (name) => kinds.find(({ kind }) => kind === name);
