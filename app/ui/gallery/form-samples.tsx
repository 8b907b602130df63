import type { FormFailure } from "~/kernel/form";
import { Button } from "../button";
import { Select, TextArea, TextField } from "../fields";
import { PostForm } from "../form";

const STATUSES = [
  { value: "new", label: "New" },
  { value: "planned", label: "Planned" },
];
const LABELS = { email: "E-mail", title: "Title", status: "Status" };

/** A form as it comes, and one that was refused for everything it can be refused for. */
export function FormSamples({ theme }: { theme: string }) {
  const refused: FormFailure = {
    ok: false,
    values: { form: `refused-${theme}`, email: "olena@", title: "A joint that stays where I put it", status: "gone" },
    errors: {
      "": "too-often",
      email: "not-email",
      title: "too-long:20",
      body: "too-short:3",
      status: "not-offered",
      zip: "required",
    },
  };
  return (
    <div className="grid gap-8 lg:grid-cols-2">
      <PostForm name={`empty-${theme}`}>
        <Fields />
      </PostForm>
      <PostForm name={`refused-${theme}`} failure={refused} labels={LABELS} takesFocus={false}>
        <Fields />
      </PostForm>
    </div>
  );
}

function Fields() {
  return (
    <>
      <TextField name="email" type="email" label={LABELS.email} help="We answer to this address." autoComplete="off" />
      <TextField name="title" label={LABELS.title} help="One line that a colleague would understand" />
      <TextArea name="body" label="What would you like, and why?" optional />
      <Select name="status" label={LABELS.status} options={STATUSES} />
      <TextField name="zip" label="A field that may not be changed" defaultValue="10115" readOnly />
      <div>
        <Button look="main">Send</Button>
      </div>
    </>
  );
}
