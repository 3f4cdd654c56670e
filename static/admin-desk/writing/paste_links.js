/*
 * Where a pasted link leads: past the redirects of mail programs and sites, without tracking.
 */
/* [host, path, the parameter that holds the address] */
const REDIRECTS = [
  [/\.safelinks\.protection\.outlook\.com$/, /^\//, ["url"]],
  [/^(?:www\.)?google\.[a-z.]{2,6}$/, /^\/url$/, ["q", "url"]],
  [/^(?:lm?\.facebook|l\.instagram|l\.threads|l\.messenger)\.com$/, /^\//, ["u"]],
  [/^(?:www\.)?youtube\.com$/, /^\/redirect$/, ["q"]],
  [/^(?:www\.)?linkedin\.com$/, /^\/(?:redir\/redirect|safety\/go)$/, ["url"]],
  [/^slack-redir\.net$/, /^\/link$/, ["url"]],
  [/^out\.reddit\.com$/, /^\//, ["url"]],
  [/^(?:www\.)?duckduckgo\.com$/, /^\/l\/$/, ["uddg"]],
  [/^vk\.com$/, /^\/away\.php$/, ["to"]],
  [/^deref-(?:gmx|web)\.[a-z]+$/, /\/dereferrer\/$/, ["redirectUrl"]],
  [/^linkprotect\.cudasvc\.com$/, /^\/url$/, ["a"]],
];
const TRACKING =
  /^(?:utm_\w+|fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|igshid|mc_[ce]id|_hsenc|_hsmi|mkt_tok|vero_id|oly_(?:anon|enc)_id)$/i;
const BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const MOST_REDIRECTS = 4;

function parsed(href) {
  try {
    return new URL(href);
  } catch {
    return null;
  }
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/* Proofpoint, second form: "-" for "%" and "_" for "/". */
function fromSecondForm(url) {
  const address = /[?&]u=([^&]*)/.exec(url.search)?.[1];
  return address && decoded(address.replaceAll("-", "%").replaceAll("_", "/"));
}

/* Third form: __address__;bytes!… where "*" stands for the next byte, and "**x" for several. */
function fromThirdForm(href) {
  const [, address, code] = /\/v3\/__(.+?)__;([\w-]*)!/.exec(href) || [];
  if (!address) return "";
  let bytes = [];
  try {
    const plain = atob(code.replaceAll("-", "+").replaceAll("_", "/"));
    bytes = [...new TextDecoder().decode(Uint8Array.from(plain, (sign) => sign.charCodeAt(0)))];
  } catch {
    return "";
  }
  return address
    .replace(/\*(?:\*(.))?/g, (_all, length) => bytes.splice(0, length ? BASE64.indexOf(length) + 2 : 1).join(""))
    .replace(/^(https?):\/(?!\/)/, "$1://");
}

function behind(href) {
  const url = parsed(href);
  if (!url) return "";
  const host = url.hostname;
  if (host === "urldefense.com" && url.pathname.startsWith("/v3/")) return fromThirdForm(href);
  if (/^urldefense(?:\.proofpoint)?\.com$/.test(host)) {
    return url.pathname.startsWith("/v2/") ? fromSecondForm(url) : url.searchParams.get("u") || "";
  }
  const [, , names] = REDIRECTS.find(([hosts, paths]) => hosts.test(host) && paths.test(url.pathname)) || [];
  return (names || []).map((name) => url.searchParams.get(name)).find((to) => to && isLink(to)) || "";
}

function isLink(href) {
  const url = parsed(href);
  return Boolean(url && (url.protocol === "mailto:" || (/^https?:$/.test(url.protocol) && url.hostname)));
}

function withoutTracking(href) {
  const [, address, query, fragment] = /^([^?#]*)(?:\?([^#]*))?(#.*)?$/.exec(href) || [];
  if (!query) return href;
  const kept = query.split("&").filter((pair) => !TRACKING.test(decoded(pair.split("=")[0].replace(/^amp;/, ""))));
  return address + (kept.length ? `?${kept.join("&")}` : "") + (fragment || "");
}

/* The address a link leads to in the end; "" when it is none that a story may have. */
export function linkOf(href) {
  let address = (href || "").replace(/[\0-\x20\x7f]+/g, (found) => (/^ +$/.test(found) ? "%20" : "")).replace(/^(?:%20)+|(?:%20)+$/g, "");
  if (!isLink(address)) return "";
  for (let n = 0; n < MOST_REDIRECTS; n += 1) {
    const next = behind(address);
    if (!next || !isLink(next)) break;
    address = next.trim().replaceAll(" ", "%20");
  }
  return address.startsWith("mailto:") ? address : withoutTracking(address);
}
