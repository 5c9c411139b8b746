import { AccountSquare, StaffDisc, SubjectDisc } from "../people.tsx";
import { Kbd } from "../ui/kbd.tsx";
import type { Way } from "./ways.ts";

type WayOptionProps = {
  id: string;
  way: Way;
  chosen: boolean;
  onPoint: () => void;
  onGo: () => void;
};

/** One way in the palette: the focus stays in the field, which names it as the chosen one. */
export function WayOption({ id, way, chosen, onPoint, onGo }: WayOptionProps) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys are the input's (aria-activedescendant)
    <div
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={chosen}
      onPointerMove={onPoint}
      // The field keeps the focus.
      onPointerDown={(event) => event.preventDefault()}
      onClick={onGo}
    >
      <Face way={way} />
      <span className="clamp" lang={way.lang ?? undefined}>
        <bdi>{way.label}</bdi>
      </span>
      {way.second && (
        <span className={way.shared ? "second font-semibold clamp" : "second faint clamp"}>
          {way.second}
        </span>
      )}
      <span className="end row tight fix">
        {way.number && <span className="mono xs faint">{way.number}</span>}
        <span className="row tight fix" aria-hidden="true">
          {way.keys && <Kbd>{way.keys}</Kbd>}
          {chosen && <Kbd>↵</Kbd>}
        </span>
      </span>
    </div>
  );
}

function Face({ way: { face, label } }: Pick<WayOptionProps, "way">) {
  if (face === "person") return <SubjectDisc name={label} size="small" />;
  if (face === "staff") return <StaffDisc name={label} size="small" />;
  if (face === "account") return <AccountSquare name={label} />;
  return <i className={`i i-${face}`} aria-hidden="true" />;
}
