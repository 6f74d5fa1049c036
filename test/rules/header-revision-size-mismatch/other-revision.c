// example: the revision of another structure
#include <ndis.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD LwfUnload;

static NDIS_HANDLE FilterHandle;

VOID LwfUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisFDeregisterFilterDriver(FilterHandle);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_FILTER_DRIVER_CHARACTERISTICS chars = {0};
    NTSTATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);

    DriverObject->DriverUnload = LwfUnload;

    FillHandlers(&chars);
    chars.Header.Type = NDIS_OBJECT_TYPE_FILTER_DRIVER_CHARACTERISTICS;
    chars.Header.Revision = NDIS_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_2;
    //                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning header-revision-size-mismatch: 'NDIS_PROTOCOL_DRIVER_CHARACTERISTICS_REVISION_2' is a revision of 'NDIS_PROTOCOL_DRIVER_CHARACTERISTICS', the table is 'NDIS_FILTER_DRIVER_CHARACTERISTICS'
    chars.Header.Size = NDIS_SIZEOF_FILTER_DRIVER_CHARACTERISTICS_REVISION_2;
    chars.MajorNdisVersion = 6;
    chars.MinorNdisVersion = 30;

    status = NdisFRegisterFilterDriver(DriverObject, (NDIS_HANDLE)DriverObject, &chars, &FilterHandle);
    return status;
}
