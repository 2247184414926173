SET TimeZone = 'Asia/Shanghai';
COPY (
  SELECT strftime(date_trunc('hour', time::TIMESTAMPTZ), '%Y-%m-%d %H:00:00%z') AS hour, count(*) AS calls
  FROM read_json('calls.jsonl', format = 'newline_delimited', columns = {time: 'VARCHAR', status: 'INTEGER'})
  WHERE status < 400
  GROUP BY ALL
  ORDER BY ALL
) TO 'hours.csv';
