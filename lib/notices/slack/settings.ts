/** A company's own Slack app: what it speaks with, what Slack signs with, and where Slack's Web API is. */
export type SlackSettings = { botToken: string; signingSecret: string; apiUrl: string };
