import Link from "next/link";

/** Two hulls side by side: the name as a picture. */
export function Hulls() {
  return <span className="hulls" aria-hidden="true" />;
}

export function Brand() {
  return (
    <Link className="brand" href="/" prefetch={false}>
      <Hulls />
      Alongside
    </Link>
  );
}
