#include <ndis.h>

static NDIS_HANDLE FilterHandle;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD FilterUnload;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_FILTER_DRIVER_CHARACTERISTICS chars;
    NDIS_STATUS ndisStatus;

    UNREFERENCED_PARAMETER(RegistryPath);
    FillCharacteristics(&chars);
    DriverObject->DriverUnload = FilterUnload;

    do
    {
        ndisStatus = NdisFRegisterFilterDriver(DriverObject, NULL, &chars, &FilterHandle);
        if (ndisStatus != NDIS_STATUS_SUCCESS)
        {
            break;
        }
        DbgPrint("filter registered\n");
    } while (FALSE);

    return STATUS_SUCCESS;
  //^^^^^^^^^^^^^^^^^^^^^^ error success-after-failed-registration: 'DriverEntry' returns success although 'NdisFRegisterFilterDriver' failed
}

VOID FilterUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisFDeregisterFilterDriver(FilterHandle);
}
