import { buttonClass } from "#components/ui/button.tsx";

/** The one button of a company's sign-on. A plain form: it works by keyboard and without script. */
export function CompanyButton(props: { name: string | null; from: string; again: boolean }) {
  return (
    <form method="post" action="/sign-in/issuer" className="company">
      <input type="hidden" name="from" value={props.from} />
      {props.again && <input type="hidden" name="again" value="1" />}
      <button type="submit" className={buttonClass({ variant: "primary", size: "large" })}>
        {props.name ? `Sign in with ${props.name}` : "Sign in with your company account"}
      </button>
    </form>
  );
}
