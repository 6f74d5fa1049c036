#include <ndis.h>

static NDIS_HANDLE FilterHandle;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD FilterUnload;
NTSTATUS FilterReadParameters(PUNICODE_STRING RegistryPath);

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_FILTER_DRIVER_CHARACTERISTICS chars;
    NDIS_STATUS status;

    FillCharacteristics(&chars);
    DriverObject->DriverUnload = FilterUnload;

    do
    {
        status = FilterReadParameters(RegistryPath);
        if (!NT_SUCCESS(status))
        {
            break;
        }
        status = NdisFRegisterFilterDriver(DriverObject, NULL, &chars, &FilterHandle);
        if (!NT_SUCCESS(status))
        {
            break;
        }
    } while (FALSE);

    return status;
}

VOID FilterUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisFDeregisterFilterDriver(FilterHandle);
}
