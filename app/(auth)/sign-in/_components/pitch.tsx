import { Icon, type IconName } from "#components/ui/icon.tsx";

const rules: { icon: IconName; title: string; text: string }[] = [
  {
    icon: "two",
    title: "A session of your own",
    text: "You stand in beside the customer. Their own session is not touched.",
  },
  {
    icon: "clock",
    title: "An hour at most",
    text: "Each session has a reason, a scope and an end.",
  },
  {
    icon: "seal",
    title: "Nothing off the record",
    text: "A write that cannot be recorded does not happen.",
  },
];

/** The left half of the sign-in page: what this is. */
export function Pitch() {
  return (
    <section className="say">
      <span className="brand">
        <span className="hulls" aria-hidden="true" />
        Alongside
      </span>
      <div className="mid">
        <h1>See what the customer sees. Leave a trace of all of it.</h1>
        <ul className="rules">
          {rules.map((rule) => (
            <li key={rule.icon}>
              <Icon name={rule.icon} />
              <h2>{rule.title}</h2>
              <p>{rule.text}</p>
            </li>
          ))}
        </ul>
      </div>
      <p className="xs faint">Signed-in staff only. Attempts are entries in the audit log.</p>
    </section>
  );
}
