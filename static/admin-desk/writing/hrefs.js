/** The address as it may stand in a link, or "" if it is of no kind that readers can follow. */
export function cleanHref(text) {
  const address = String(text ?? "").trim();
  if (/^(https?:\/\/|mailto:)[^\s]+$/i.test(address)) return address;
  if (/^[^\s@/:]+@[^\s@/:]+\.[^\s@/:]+$/.test(address)) return `mailto:${address}`;
  return /^[\w-]+(\.[\w-]+)+([/?#]\S*)?$/.test(address) ? `https://${address}` : "";
}
