import { PlainLink } from "../ui/plain-link.tsx";

/** Two hulls side by side: the name as a picture. */
export function Hulls() {
  return <span className="hulls" aria-hidden="true" />;
}

export function Brand() {
  return (
    <PlainLink className="brand" href="/">
      <Hulls />
      Alongside
    </PlainLink>
  );
}
