/** An e-mail address that breaks after its sign, if it must. */
export function Email({ children }: { children: string }) {
  const [local, domain] = children.split("@");
  return (
    <span className="wrap-anywhere">
      {local}@<wbr />
      {domain}
    </span>
  );
}
