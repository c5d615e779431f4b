type PercentStatusProps = {
  /** What is under way, as the start of a sentence: "customers.csv, transfer". */
  subject: string;
  /** 0 to 100; null while it cannot be told. */
  percent: number | null;
};

/** Tells assistive technology of every tenth of the way, politely and no more often. */
export function PercentStatus({ subject, percent }: PercentStatusProps) {
  const tenth = percent === null ? 0 : Math.floor(percent / 10) * 10;
  return (
    <span role="status" className="sr-only">
      {tenth === 0 ? '' : `${subject}: ${tenth} %`}
    </span>
  );
}
