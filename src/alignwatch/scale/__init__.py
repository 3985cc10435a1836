"""Beyond one machine: from pages to claims on processes of this one, on Dask and on Spark.

`read_batches` is the pure function, over Arrow batches; `guard_batches` the same with limits of
time and memory; `run` reads whole files and folders with it, and writes Parquet. Needs the extra
``arrow``, and ``dask`` or ``spark`` for those engines.

Take `alignwatch.watch` for news that comes day by day, from hosts that must be asked politely;
take `run` for what lies in files already, from some ten thousand pages on, and `aggregate` for
what it leaves. An engine of your own takes `read_batches`, or `guard_batches` for pages from
anywhere.

Example:
    >>> import pyarrow as pa
    >>> from alignwatch.scale import read_batches, split_results
    >>> rows = [{"id": "a", "text": "Kenya sold drones to Uganda."}, {"id": "b", "text": ""}]
    >>> [result] = read_batches([pa.RecordBatch.from_pylist(rows)])
    >>> documents, claims, failures = split_results(result)
    >>> claims.column("kind").to_pylist(), failures.column("reason").to_pylist()
    (['arms_transfer'], ['empty'])
"""

from alignwatch.scale._aggregate import AggregateResult, aggregate
from alignwatch.scale._choice import Choice
from alignwatch.scale._guard import Limits, guard_batches
from alignwatch.scale._partitions import Form, Partition, plan_partitions
from alignwatch.scale._reading import read_batches
from alignwatch.scale._run import Engine, ScaleProgress, ScaleResult, run
from alignwatch.scale._schema import (
    article_schema,
    cluster_schema,
    clusters_from_arrow,
    document_schema,
    documents_from_arrow,
    failure_schema,
    page_schema,
    result_schema,
)
from alignwatch.scale._spark import read_spark
from alignwatch.scale._work import split_results

__all__ = [
    "AggregateResult",
    "Choice",
    "Engine",
    "Form",
    "Limits",
    "Partition",
    "ScaleProgress",
    "ScaleResult",
    "aggregate",
    "article_schema",
    "cluster_schema",
    "clusters_from_arrow",
    "document_schema",
    "documents_from_arrow",
    "failure_schema",
    "guard_batches",
    "page_schema",
    "plan_partitions",
    "read_batches",
    "read_spark",
    "result_schema",
    "run",
    "split_results",
]
