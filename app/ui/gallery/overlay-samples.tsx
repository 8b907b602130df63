import { Form } from "@remix-run/react";
import { useId, useState } from "react";
import { Button } from "../button";
import { ConfirmButton } from "../confirm";
import { Dialog, DialogBody } from "../dialog";
import { ProgressBar } from "../progress-bar";
import { Check, Switch } from "../switch";
import { Cell, Table } from "../table";
import { Tabs } from "../tabs";

const nothing = () => undefined;

/** What opens in front of the page. A dialog stands here as it looks open, and behind its button as it works. */
export function OverlaySamples() {
  const [open, setOpen] = useState(false);
  const id = useId();
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center gap-3">
        <Button type="button" onClick={() => setOpen(true)}>
          Open a dialog
        </Button>
        <Dialog title="Merge two ideas" open={open} onClose={() => setOpen(false)}>
          <p>Supporters and comments of both are counted once.</p>
          <Button type="button" look="main" onClick={() => setOpen(false)}>
            Merge them
          </Button>
        </Dialog>
        <Form>
          <ConfirmButton
            name="step"
            value="remove"
            question="Remove Olena Kovalenko?"
            explanation="Her sessions end now. What she wrote stays."
            yes="Remove her"
          >
            Remove
          </ConfirmButton>
        </Form>
      </div>
      <div className="max-w-110 rounded-md border border-line bg-surface">
        <DialogBody id={id} title="Remove Olena Kovalenko?" onClose={nothing}>
          <p>Her sessions end now. What she wrote stays.</p>
        </DialogBody>
      </div>
    </div>
  );
}

/** Choices that are on or off, parts of a page, rows, and what is under way. Both themes stand on one page: each names its own. */
export function PartSamples({ theme }: { theme: "light" | "dark" }) {
  return (
    <div className="flex flex-col gap-6">
      <div className="grid gap-x-8 sm:grid-cols-2">
        <Switch label="Mail me when somebody comments" defaultChecked help="At once, or in the digest of the day" />
        <Switch label="Quiet hours" />
        <Switch label="Off, and not yours to change" disabled />
        <Switch label="On, and not yours to change" disabled defaultChecked />
        <Check label="Planned" defaultChecked />
        <Check label="Declined" help="Also those of earlier years" />
      </div>
      <Tabs
        label={`Settings, ${theme}`}
        tabs={[
          { to: "/dev/ui", label: "Profile", exact: true },
          { to: "/dev/ui/notifications", label: "Notifications" },
          { to: "/dev/ui/sessions", label: "Sessions" },
        ]}
      />
      <Table caption={`Accounts by ideas, ${theme}`} head={["Account", "Kind", "Ideas"]} numbers={[2]}>
        {[
          ["Metis", "Direct", "23"],
          ["Hanlin", "Distributor", "7"],
        ].map(([account, kind, ideas]) => (
          <tr key={account} className="hover:bg-sunken">
            <Cell>{account}</Cell>
            <Cell>{kind}</Cell>
            <Cell number>{ideas}</Cell>
          </tr>
        ))}
      </Table>
      <div className="grid gap-6 sm:grid-cols-3">
        <ProgressBar label="Sending drawing.png" value={0} />
        <ProgressBar label="Sending drawing.png, 40 of 100 kB" value={0.4} />
        <ProgressBar label="Sent drawing.png" value={1} />
      </div>
    </div>
  );
}
