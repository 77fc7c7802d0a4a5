from django.apps.registry import Apps as StateApps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def fold_again(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Talks that are there already are told apart when next folded."""
    due, activity = (apps.get_model("record", name) for name in ("DueFold", "Activity"))
    talks = activity.objects.filter(kind__in=["one_on_one", "meeting", "phone_call"])
    numbers = talks.order_by().values_list("activity_id", flat=True).distinct()
    rows = (due(subject_id=number) for number in numbers.iterator(chunk_size=5000))
    due.objects.bulk_create(rows, ignore_conflicts=True, batch_size=1000)


class Migration(migrations.Migration):
    dependencies = [
        ("record", "0014_help"),
    ]

    operations = [
        migrations.AddField(
            model_name="activity",
            name="among_us",
            field=models.BooleanField(
                default=False,
                help_text="a talk of colleagues: its words are for those who took part",
            ),
        ),
        migrations.RunPython(fold_again, migrations.RunPython.noop, elidable=True),
    ]
