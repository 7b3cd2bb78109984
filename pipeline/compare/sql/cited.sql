-- What the checks found, with the first two values as they are printed and where.
WITH places AS (
  SELECT o.source, o.raw AS print, o.unit AS printed_unit, o.scale, t.annex, coalesce(t.number, '第' || o.table_no || '个表') AS table_name, o.row, o.col,
         NULL AS block_no
  FROM o JOIN tables t USING (report_year, doc_id, table_no)
  WHERE o.source IN (SELECT sources[1] FROM found UNION ALL SELECT sources[2] FROM found)
  UNION ALL BY NAME
  SELECT source, quote AS print, unit AS printed_unit, scale, block_no FROM c
  WHERE source IN (SELECT sources[1] FROM found UNION ALL SELECT sources[2] FROM found)
)
SELECT f.*, h.print AS print, h.printed_unit, h.scale, h.annex, h.table_name, h.row, h.col, h.block_no,
       t.print AS there_print, t.printed_unit AS there_unit, t.scale AS there_scale, t.annex AS there_annex, t.table_name AS there_table,
       t.row AS there_row, t.col AS there_col, t.block_no AS there_block, t.source.doc_id AS there_doc
FROM found f LEFT JOIN places h ON h.source = f.sources[1] LEFT JOIN places t ON t.source = f.sources[2]
ORDER BY f.check_no, f.doc_id, f.sources[1], f.sources[2]
