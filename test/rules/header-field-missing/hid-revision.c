#include <wdm.h>
#include <hidport.h>

NTSTATUS RegisterWithHidclass(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    HID_MINIDRIVER_REGISTRATION registration = {0};

    registration.DriverObject = DriverObject;
    registration.RegistryPath = RegistryPath;
    return HidRegisterMinidriver(&registration);
    //                           ^^^^^^^^^^^^^ error header-field-missing: 'registration.Revision' is never set before 'HidRegisterMinidriver'
}
