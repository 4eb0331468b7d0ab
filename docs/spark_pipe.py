"""The stages on Spark: articles (JSON Lines) in, the story (as `trace --format json` writes it) out.

    pip install pyspark
    cargo build --release --example pipe_worker
    python docs/spark_pipe.py target/release/examples/pipe_worker articles.jsonl story.json
"""

import subprocess
import sys
import zlib

from pyspark.sql import SparkSession

worker, articles, story = sys.argv[1:4]
spark = SparkSession.builder.master("local[2]").appName("quotetrace").getOrCreate()

mapped = spark.sparkContext.textFile(articles, 4).pipe(f"{worker} map", checkCode=True)
# The shuffle: the lines of one key in one partition, one after the other.
keyed = mapped.map(lambda line: tuple(line.split("\t", 1)))
sorted_lines = keyed.repartitionAndSortWithinPartitions(4, lambda key: zlib.crc32(key.encode()))
reduced = sorted_lines.map("\t".join).pipe(f"{worker} reduce", checkCode=True)

with open(story, "wb") as out:
    finish = subprocess.Popen([worker, "finish"], stdin=subprocess.PIPE, stdout=out)
    for line in reduced.toLocalIterator():
        finish.stdin.write(line.encode() + b"\n")
    finish.stdin.close()
    sys.exit(finish.wait())
