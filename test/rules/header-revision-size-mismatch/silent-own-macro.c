#include <ndis.h>

// The project's own names for the header: one stands for the right constant, the other is not told here.
#define LWF_REVISION NDIS_FILTER_CHARACTERISTICS_REVISION_2

static NDIS_HANDLE FilterHandle;

extern UCHAR LwfFilterRevision;

NDIS_STATUS RegisterFilter(PDRIVER_OBJECT DriverObject, BOOLEAN IsOldSystem)
{
    NDIS_FILTER_DRIVER_CHARACTERISTICS chars = {0};

    FillHandlers(&chars);
    chars.Header.Type = NDIS_OBJECT_TYPE_FILTER_DRIVER_CHARACTERISTICS;
    chars.Header.Revision = LWF_REVISION;
    chars.Header.Size = NDIS_SIZEOF_FILTER_DRIVER_CHARACTERISTICS_REVISION_2;
    if (IsOldSystem)
    {
        chars.Header.Revision = LwfFilterRevision;
        chars.Header.Size = sizeof(chars);
    }

    return NdisFRegisterFilterDriver(DriverObject, (NDIS_HANDLE)DriverObject, &chars, &FilterHandle);
}
