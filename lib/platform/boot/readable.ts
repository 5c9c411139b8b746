/** Whether the path of an address can be decoded. Next answers one that cannot with a fault, before the proxy runs. */
export function isReadable(address: string): boolean {
  try {
    decodeURIComponent(address.split("?", 1)[0] ?? "");
    return true;
  } catch {
    return false;
  }
}
