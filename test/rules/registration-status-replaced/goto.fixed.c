#include <ndis.h>

static NDIS_HANDLE FilterHandle;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD FilterUnload;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_FILTER_DRIVER_CHARACTERISTICS chars;
    NTSTATUS status;
    NDIS_STATUS ndisStatus;

    UNREFERENCED_PARAMETER(RegistryPath);
    FillCharacteristics(&chars);
    DriverObject->DriverUnload = FilterUnload;

    ndisStatus = NdisFRegisterFilterDriver(DriverObject, NULL, &chars, &FilterHandle);
    if (ndisStatus != NDIS_STATUS_SUCCESS) {
        status = ndisStatus;
        goto Exit;
    }
    status = STATUS_SUCCESS;

Exit:
    return status;
}

VOID FilterUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisFDeregisterFilterDriver(FilterHandle);
}
