from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("record", "0011_audience"),
    ]

    operations = [
        migrations.AddField(
            model_name="remark",
            name="help",
            field=models.CharField(blank=True, default="", max_length=500),
        ),
    ]
