#include <ndis.h>

static NDIS_HANDLE FilterHandle;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD FilterUnload;
NTSTATUS FilterReadParameters(PUNICODE_STRING RegistryPath);

// The cleanup looks at the handle, but only when something else went wrong.
NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_FILTER_DRIVER_CHARACTERISTICS chars;
    NTSTATUS status;

    FillCharacteristics(&chars);
    DriverObject->DriverUnload = FilterUnload;

    NdisFRegisterFilterDriver(DriverObject, NULL, &chars, &FilterHandle);
//  ^^^^^^^^^^^^^^^^^^^^^^^^^ warning registration-status-ignored: result of 'NdisFRegisterFilterDriver' is never checked
    status = FilterReadParameters(RegistryPath);
    if (!NT_SUCCESS(status))
    {
        if (FilterHandle != NULL)
        {
            NdisFDeregisterFilterDriver(FilterHandle);
        }
        return status;
    }
    return STATUS_SUCCESS;
}

VOID FilterUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisFDeregisterFilterDriver(FilterHandle);
}
