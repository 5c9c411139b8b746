import { Granted } from "./answer-granted.tsx";
import { Ago, type AnswerProps, AskAgain, Comments, Part } from "./answer-part.tsx";
import { Used } from "./answer-used.tsx";

/** The same card once the answer is there. */
export function Answer({ ctx, request }: AnswerProps) {
  switch (request.status) {
    case "pending":
      return null;
    case "granted":
      return <Granted ctx={ctx} request={request} />;
    case "used":
      return <Used ctx={ctx} request={request} />;
    case "denied":
      return <Denied ctx={ctx} request={request} />;
    case "cancelled":
      return (
        <Part icon="x" title="You cancelled it" footer={<AskAgain request={request} />}>
          <p>
            <Ago ctx={ctx} request={request} time={request.closedAt} />. Nothing was opened.
          </p>
        </Part>
      );
    case "lapsed":
      return <Lapsed ctx={ctx} request={request} />;
  }
}

function Denied({ ctx, request }: AnswerProps) {
  const no = request.votes.find(({ vote }) => vote === "deny");
  return (
    <Part
      icon="x"
      title={`${no?.by.name ?? "A manager"} denied`}
      footer={<AskAgain request={request} label="Ask again, changed" />}
    >
      <p>
        <Ago ctx={ctx} request={request} time={request.closedAt} />.
      </p>
      <Comments request={request} />
    </Part>
  );
}

function Lapsed({ ctx, request }: AnswerProps) {
  const wasGranted = request.grantedAt !== null;
  return (
    <Part
      icon="clock"
      title={wasGranted ? "The approval is void: it was not used in time" : "Nobody decided"}
      footer={<AskAgain request={request} />}
    >
      <p>
        Lapsed{" "}
        <Ago ctx={ctx} request={request} time={wasGranted ? request.startBy : request.lapsesAt} />.
      </p>
      <p className="soft">Nothing was opened. Your text is kept.</p>
    </Part>
  );
}
